package io.loadlock.artifact.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Verdict;
import io.loadlock.testkit.Corruptions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ ().__class__.__base__ }}",
        "{{ x['__class__'] }}",
        "{{ x|attr('__class__') }}",
        "{{ x|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
        "{{ x|attr('\\137\\137class\\137\\137') }}",
        "{{ x['\\u005f_class_\\u005f'] }}",
        "{{ x|attr('__cla' ~ 'ss__') }}",
        "{{ x['__cla' + 'ss__'] }}",
        "{{ x['__cla' 'ss__'] }}",
        "{{ x|attr(['__','class','__']|join) }}",
        "{{ x|attr('%s%s%s'|format('__','class','__')) }}",
        "{{ x|attr('%c%cclass%c%c'|format(95,95,95,95)) }}",
        "{{ x|attr('%c%cclass%c%c' % (95, 95, 95, 95)) }}",
        "{{ x|attr('__ssalc__'[::-1]) }}",
        "{{ x|attr('__ssalc__'|reverse) }}",
        "{{ x['X_XclassX_X'|replace('X_X', '__')] }}",
        "{{ x['XXclassXX'.replace('X', '_')] }}",
        "{{ x['{0}{1}{0}'.format('__', 'class')] }}",
        "{{ x['__CLASS__'.lower()] }}",
        "{{ x['__CLASS__'|lower] }}",
        "{{ x['_' * 2 ~ 'class' ~ '_' * 2] }}",
        "{{ x|attr(dict(__class__=1)|first) }}",
        "{{ x|attr(dict(__cla=1, ss__=2)|join) }}",
        "{% set a = '__' %}{% set b = 'class' %}{{ x[a ~ b ~ a] }}",
        "{% set ns = namespace(a='x') %}{% set ns.a = '_' ~ '_class_' ~ '_' %}{{ x[ns.a] }}",
        "{% set a, b = '__', 'class' %}{{ x[a + b + a] }}",
        "{% if y %}{% set a = '_' %}{% else %}{% set a = '__' %}{% endif %}{{ x[a ~ 'class' ~ a]"
            + " }}",
        "{% for a in ['__class__'] %}{{ x[a] }}{% endfor %}",
        "{% set a %}__class__{% endset %}{{ x[a] }}",
        "{% set a -%} __class__ {%- endset %}{{ x[a] }}",
        "{% set a %}__cla{{ 'ss__' }}{% endset %}{{ x[a] }}",
        "{% set a | upper %}__cl{% endset %}{% set b %}ass__{% endset %}{{ x[a ~ b] }}",
        "{% macro m() %}__class__{% endmacro %}{{ x[m()] }}",
        "{% set u = (()|select|string|list)[24] %}{{ x|attr(u ~ u ~ 'class' ~ u ~ u) }}",
        "{% set u = (lipsum|string|list)[18] %}{{ x }}",
        "{{ cycler.__init__.__globals__.os.popen('echo').read() }}",
        "{{ lipsum.__globals__['os'].popen('echo').read() }}",
        "{{ joiner.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ self.__init__ }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ range.__class__ }}",
        "{{ messages|map(attribute='__class__')|list }}",
        "{{ messages|map('attr', '__class__')|list }}",
        "{{ messages|selectattr('role.__class__')|list }}",
        "{{ messages|groupby('__class__') }}",
        "{{ '{0.__class__.__mro__}'.format(x) }}",
        "{{ ('{0.__cla' ~ 'ss__}').format(x) }}",
        "{{ '{x.__class__}'.format_map(y) }}",
        "{{ x.gi_frame.f_globals }}",
        "{{ x.mro() }}",
        "{% set x = ''.__class__ %}",
        "{% if ''.__class__ %}{% endif %}",
        "{% for c in ().__class__.__base__.__subclasses__() %}{{ c.__name__ }}{% endfor %}",
        "{% macro f(x=''.__class__) %}{% endmacro %}",
        "{% call f(''.__class__) %}{% endcall %}",
        "{% filter attr('__class__') %}{% endfilter %}",
        "{{ messages[0]['content'] if true else ''.__class__ }}",
        "{{ {'a': ''.__class__}['a'] }}",
        "{{ raise_exception(''.__class__) }}",
        "{# hidden #}{{- ''\n.__class__ -}}",
        "{% raw %}{{ x }}{% endraw %}{{ x.__class__ }}",
        "{{ x.__class__",
        "{{ ? x.__class__ }}",
        "{{ x|attr(['class', '__']|sort|join) }}",
      })
  void reachesPython(String template) {
    assertEquals(Verdict.RUNS_CODE, Template.read(template).verdict());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% include 'a' %}",
        "{% import 'a' as b %}",
        "{% from 'a' import b %}",
        "{% extends 'a' %}",
        "{{ x|attr(y) }}",
        "{{ x._private }}"
      })
  void leavesTheTemplate(String template) {
    assertEquals(Verdict.UNKNOWN_CODE, Template.read(template).verdict());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no tags, but {braces} and __class__",
        "{{ bos_token }}{% for message in messages %}{{ '<|' + message['role'] + '|>\\n"
            + "' + message['content'] | trim + eos_token }}{% endfor %}",
        "{%- if messages[0]['role'] == 'system' %}{%- set system_message = messages[0]['content'] |"
            + " trim %}{%- set messages = messages[1:] %}{%- else %}{%- set system_message = ''"
            + " %}{%- endif %}",
        "{% for m in messages %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{"
            + " raise_exception('Conversation roles must alternate') }}{% endif %}{% endfor %}",
        "{%- set date_string = strftime_now('%d %b %Y') if strftime_now is defined else '26 Jul"
            + " 2024' -%}",
        "{%- for tool in tools %}{{- tool | tojson(indent=4) }}{{- '\\n\\n' }}{%- endfor %}",
        "{%- set ns = namespace(found=false, last=messages|length - 1) %}{%- for message in"
            + " messages[::-1] %}{%- set index = (messages|length - 1) - loop.index0 %}{%- if"
            + " ns.found and message.role == 'user' and message.content is string and"
            + " not(message.content.startswith('<tool_response>') and"
            + " message.content.endswith('</tool_response>')) %}{%- set ns.found = false %}{%- set"
            + " ns.last = index %}{%- endif %}{%- endfor %}",
        "{%- if '</think>' in content %}{%- set reasoning ="
            + " content.split('</think>')[0].rstrip('\\n"
            + "').split('<think>')[-1].lstrip('\\n"
            + "') %}{%- endif %}",
        "{%- macro json_to_python_type(json_spec) %}{%- set basic_type_map = {'string': 'str',"
            + " 'number': 'float'} %}{%- if basic_type_map[json_spec.type] is defined %}{{-"
            + " basic_type_map[json_spec.type] }}{%- elif json_spec.type == 'array' %}{{- 'list[' +"
            + " json_to_python_type(json_spec['items']) + ']' }}{%- elif json_spec.type is iterable"
            + " %}{{- 'Union[' }}{%- for t in json_spec.type %}{{- json_to_python_type({'type': t})"
            + " }}{%- if not loop.last %}{{- ',' }}{%- endif %}{%- endfor %}{{- ']' }}{%- endif"
            + " %}{%- endmacro %}",
        "{%- for arg_name, arg_val in tool_call.arguments | items %}{{- arg_name + '=' + (arg_val"
            + " if arg_val is string else arg_val | tojson) }}{%- endfor %}",
        "{{ '<start_of_turn>' + role + '\\n' + (message['content'] | trim) + '<end_of_turn>\\n' }}",
        "{% generation %}{{ message['content'] }}{% endgeneration %}",
        "{%- set tool_calls = message['tool_calls'] | selectattr('type', 'equalto', 'function') |"
            + " list -%}",
        "{%- if not loop.last or loop.nextitem is defined and loop.nextitem.role != 'tool' %}{{ '{'"
            + " ~ '\"name\": ' ~ tool.name|tojson ~ '}' }}{% endif %}",
        "{% set role_indicators = {'user': '<|user|>', 'tool_result': '<|t|>'} %}{{"
            + " role_indicators[message.role] }}",
        "{% set content = message.content if message.content is not none else '' %}{{"
            + " content|replace('_', ' ') }}",
        "{%- set keys = ['type', 'tool_call_id'] %}{%- for k in message if k not in keys %}{{ k ~"
            + " ': ' ~ message[k] }}{%- endfor %}",
        "{{- '__' ~ role ~ '__' }}",
        "{% for x in y recursive %}{{ loop(x.children) }}{% endfor %}",
        "{{ (messages | map(attribute='content') | list)[-1] }}",
        "{%- break %}{%- continue %}",
        "{{ x if y }}{{ 1.5 }}{{ 1_000 }}{{ [1, 2,] }}{{ {'a': 1,} }}{{ (1,) }}{{ -x ** 2 }}{{ not"
            + " x }}{{ x is divisibleby 3 }}",
      })
  void isData(String template) {
    Template.Result result = Template.read(template);
    assertEquals("", result.problem().orElse(""));
    assertEquals(Verdict.PLAIN_DATA, result.verdict(), result.dangers()::toString);
  }

  @Test
  void anyBytesEnd() {
    byte[] good =
        "{% set a = '__' %}{{ x[a ~ 'class' ~ a]|join('x')|format(1, b=2)[1:2].y(*z, **w) if not a in b else {'k': [1]} }}"
            .getBytes(StandardCharsets.UTF_8);
    Corruptions.cuts(good, 1, 0)
        .forEach(d -> Template.read(new String(d.bytes(), StandardCharsets.UTF_8)));
    Corruptions.seeded(good, 2, 2000)
        .forEach(d -> Template.read(new String(d.bytes(), StandardCharsets.UTF_8)));
  }

  @Test
  void depthIsBounded() {
    for (String nest : new String[] {"(", "[", "{", "-", "not ", "x[", "x(", "x|a(", "{1:"}) {
      assertTrue(Template.read("{{ " + nest.repeat(100_000) + " }}").problem().isPresent(), nest);
    }
  }
}
