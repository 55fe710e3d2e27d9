package io.loadlock.artifact.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.testkit.Corruptions;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One text for each way in which a configuration runs code, and one for each that must not be
/// accused.
class TextFormatsTest {
  private static final List<Format> FORMATS =
      List.of(JsonFormat.standard(), YamlFormat.standard(), new JinjaFormat());

  private static Reading read(String name, byte[] bytes) throws IOException, MalformedException {
    ByteSource source = ByteSource.of(bytes);
    Format best = null;
    for (Format format : FORMATS) {
      Format.Claim claim = format.claims(source, name);
      if (claim == Format.Claim.CERTAIN || claim == Format.Claim.POSSIBLE && best == null) {
        best = format;
      }
    }
    if (best == null) {
      throw new MalformedException("nobody claims " + name, 0);
    }
    return best.read(source, name, Limits.DEFAULT);
  }

  private static final String YAML = "!!python/";

  static Stream<Arguments> texts() {
    return Stream.of(
        // YAML with Python tags
        yaml(Verdict.RUNS_CODE, "a: " + YAML + "object/apply:os.system ['echo hi']"),
        yaml(Verdict.RUNS_CODE, "a: " + YAML + "object/apply:subprocess.Popen\n  args: [[echo]]"),
        yaml(Verdict.RUNS_CODE, "a: " + YAML + "object/new:os.system [echo]"),
        yaml(Verdict.RUNS_CODE, "a: " + YAML + "object/apply:builtins.eval ['1+1']"),
        yaml(Verdict.RUNS_CODE, "a: " + YAML + "object/apply:eval ['1+1']"),
        yaml(Verdict.RUNS_CODE, "a: " + YAML + "name:os.system"),
        yaml(Verdict.RUNS_CODE, "a: !!pyth%6fn/object/apply:os.system [echo]"),
        yaml(
            Verdict.RUNS_CODE,
            "%TAG !e! tag:yaml.org,2002:python/\n---\na: !e!object/apply:os.system [echo]"),
        yaml(Verdict.RUNS_CODE, "a: !<tag:yaml.org,2002:python/object/apply:os.system> [echo]"),
        yaml(Verdict.RUNS_CODE, "a: {? !!python/object/apply:os.system [echo] : 1}"),
        yaml(Verdict.RUNS_CODE, "a: 1\n---\nb: !!python/object/apply:os.system [echo]"),
        yaml(Verdict.UNKNOWN_CODE, "a: " + YAML + "object/apply:evil.run []"),
        yaml(Verdict.UNKNOWN_CODE, "a: " + YAML + "module:evil"),
        yaml(Verdict.UNKNOWN_CODE, "a: " + YAML + "object:__main__.Mine {b: 1}"),
        yaml(Verdict.NEEDS_TYPES, "a: " + YAML + "object/apply:collections.OrderedDict [[[a, 1]]]"),
        yaml(Verdict.PLAIN_DATA, "a: " + YAML + "tuple [1, 2]\nb: " + YAML + "unicode 'x'"),
        yaml(Verdict.PLAIN_DATA, "a: [1, 2.5, ~]\nb: &x {c: d}\ne: *x\n"),
        yaml(Verdict.PLAIN_DATA, "on: push\njobs: {test: {runs-on: x, steps: [{run: 'echo !'}]}}"),
        // Hydra, NeMo, jsonargparse
        yaml(Verdict.RUNS_CODE, "nemo_version: 1\nx:\n  _target_: os.system\n  command: echo"),
        yaml(Verdict.RUNS_CODE, "x:\n  _target_: builtins.eval\n  _args_: ['1+1']"),
        yaml(Verdict.RUNS_CODE, "x: {_target_: subprocess.check_output, args: [echo]}"),
        yaml(Verdict.RUNS_CODE, "x: {_target_: torch.load, f: a.pt}"),
        yaml(Verdict.RUNS_CODE, "x: {_target_: hydra.utils.get_method, path: os.system}"),
        yaml(Verdict.RUNS_CODE, "t: os.system\nx: {_target_: '${t}'}"),
        yaml(Verdict.RUNS_CODE, "m: os\nx: {_target_: '${m}.system'}"),
        yaml(Verdict.RUNS_CODE, "t: &t os.system\nx: {_target_: *t}"),
        yaml(Verdict.RUNS_CODE, "x: {\"\\x5ftarget_\": os.system}"),
        yaml(Verdict.RUNS_CODE, "nemo_version: '1.2'\ntarget: os.system"),
        yaml(Verdict.RUNS_CODE, "model: {class_path: os.system, init_args: {command: echo}}"),
        yaml(Verdict.UNKNOWN_CODE, "x: {_target_: '${oc.env:X}'}"),
        yaml(Verdict.UNKNOWN_CODE, "x: {_target_: evil.run}"),
        yaml(Verdict.UNKNOWN_CODE, "model: {target: ldm.models.Latent, params: {}}"),
        yaml(
            Verdict.NEEDS_TYPES,
            "nemo_version: 1.20.0\n"
                + "target: nemo.collections.asr.models.EncDecCTCModelBPE\n"
                + "preprocessor: {_target_:"
                + " nemo.collections.asr.modules.AudioToMelSpectrogramPreprocessor}\n"
                + "optim: {name: adamw}\n"),
        yaml(
            Verdict.NEEDS_TYPES,
            "o: {_target_: torch.optim.Adam, lr: 0.1}\nt: {_target_: pytorch_lightning.Trainer}"),
        yaml(
            Verdict.NEEDS_TYPES,
            "n: {_target_: torchvision.models.resnet50}\na: {_target_: torch.nn.functional.relu}"),
        yaml(Verdict.PLAIN_DATA, "target: release\nbuild: {target: app.web}"),
        // MLmodel
        mlmodel(Verdict.NEEDS_TYPES, "loader_module: mlflow.sklearn\n    model_path: model.pkl"),
        mlmodel(Verdict.UNKNOWN_CODE, "loader_module: evil_loader"),
        mlmodel(Verdict.UNKNOWN_CODE, "loader_module: mlflow.pyfunc.model\n    code: code"),
        mlmodel(Verdict.RUNS_CODE, "loader_module: ../../../tmp/evil"),
        mlmodel(
            Verdict.RUNS_CODE, "loader_module: mlflow.sklearn\n    model_path: ../../../tmp/m.pkl"),
        mlmodel(Verdict.RUNS_CODE, "loader_module: mlflow.sklearn\n    data: /etc/passwd"),
        // jsonpickle
        json(Verdict.RUNS_CODE, "{'py/object': 'subprocess.Popen', 'py/newargs': [['echo']]}"),
        json(
            Verdict.RUNS_CODE,
            "{'a': {'py/reduce': [{'py/function': 'os.system'}, {'py/tuple': ['echo']}]}}"),
        json(
            Verdict.RUNS_CODE,
            "{'py/reduce': [{'py/type': 'builtins.eval'}, {'py/tuple': ['1+1']}]}"),
        json(Verdict.RUNS_CODE, "{'py/repr': 'os/os.system(1)'}"),
        json(Verdict.RUNS_CODE, "{'py\\u002frepr': 'os/os.system(1)'}"),
        json(Verdict.RUNS_CODE, "[1, {'x': {'py/function': 'os.system'}}]"),
        json(Verdict.UNKNOWN_CODE, "{'py/object': '__main__.Mine', 'a': 1}"),
        json(
            Verdict.NEEDS_TYPES,
            "{'py/object': 'collections.OrderedDict', 'py/reduce': [{'py/type':"
                + " 'collections.OrderedDict'}, {'py/tuple': []}]}"),
        json(Verdict.PLAIN_DATA, "{'py/tuple': [1, 2]}"),
        json(Verdict.PLAIN_DATA, "{'a': [1, 2.5, null, true, NaN]}"),
        // Keras
        json(
            Verdict.PLAIN_DATA,
            "{'class_name': 'Sequential', 'config': {'layers': [{'class_name': 'Dense', 'config':"
                + " {'activation': 'relu'}}]}, 'keras_version': '2.3.1'}"),
        json(
            Verdict.PLAIN_DATA,
            "{'module': 'keras.src.models.functional', 'class_name': 'Functional', 'config':"
                + " {'layers': [{'module': 'keras.layers', 'class_name': 'Dense', 'config':"
                + " {'activation': {'module': 'builtins', 'class_name': 'function', 'config':"
                + " 'relu', 'registered_name': 'function'}}, 'registered_name': null}]}}"),
        keras(
            Verdict.UNKNOWN_CODE,
            "{'module': 'keras.layers', 'class_name': 'Dense', 'config': {}, 'registered_name':"
                + " 'mine>Dense'}"),
        keras(
            Verdict.PLAIN_DATA,
            "{'module': 'keras_hub.layers', 'class_name': 'Dense', 'config': {}, 'registered_name':"
                + " 'keras_hub>Dense'}"),
        keras(
            Verdict.RUNS_CODE,
            "{'class_name': 'Lambda', 'config': {'function': ['4wEAAAAAAAAAAAAAAAEAAABTAAAA', null,"
                + " null], 'function_type': 'lambda'}}"),
        keras(
            Verdict.RUNS_CODE,
            "{'module': 'keras.layers', 'class_name': 'Lambda', 'config': {'function':"
                + " {'class_name': '__lambda__', 'config': {'value':"
                + " ['4wEAAAAAAAAAAAAAAAEAAABTAAAA', null, null]}}}}"),
        keras(
            Verdict.RUNS_CODE,
            "{'class_name': 'Model', 'config': {'layers': [{'class_name': 'Functional', 'config':"
                + " {'layers': [{'class_name': 'Lambda', 'config': {'function':"
                + " ['4wEAAAAAAAAAAAAAAAEAAABTAAAA', null, null]}}]}}]}}"),
        keras(
            Verdict.RUNS_CODE,
            "{'module': 'os', 'class_name': 'function', 'config': 'system', 'registered_name':"
                + " 'system'}"),
        keras(Verdict.RUNS_CODE, "{'module': 'subprocess', 'class_name': 'Popen', 'config': {}}"),
        keras(
            Verdict.RUNS_CODE,
            "{'module': 'builtins', 'class_name': 'function', 'config': 'exec'}"),
        keras(
            Verdict.RUNS_CODE,
            "{'module': 'keras.utils', 'class_name': 'get_file', 'config': {'origin':"
                + " 'http://localhost/'}}"),
        keras(
            Verdict.RUNS_CODE,
            "{'module': 'keras.utils', 'class_name': 'function', 'config': 'get_file'}"),
        keras(
            Verdict.RUNS_CODE,
            "{'module': 'keras.config', 'class_name': 'function', 'config':"
                + " 'enable_unsafe_deserialization'}"),
        keras(Verdict.RUNS_CODE, "{'class_name': 'TFSMLayer', 'config': {'filepath': 'x'}}"),
        keras(
            Verdict.RUNS_CODE,
            "{'class_name': 'TorchModuleWrapper', 'config': {'module': 'gAIu'}}"),
        keras(
            Verdict.RUNS_CODE,
            "{'module': 'keras.layers', 'class_name': 'StringLookup', 'config': {'vocabulary':"
                + " '/etc/passwd'}}"),
        keras(
            Verdict.RUNS_CODE,
            "{'class_name': 'TFOpLambda', 'config': {'function': 'io.write_file'}}"),
        keras(
            Verdict.UNKNOWN_CODE,
            "{'module': 'evil', 'class_name': 'Layer', 'config': {}, 'registered_name':"
                + " 'evil>Layer'}"),
        keras(Verdict.UNKNOWN_CODE, "{'class_name': 'MyOwnLayer', 'config': {}}"),
        keras(
            Verdict.PLAIN_DATA, "{'class_name': 'TFOpLambda', 'config': {'function': 'math.add'}}"),
        keras(
            Verdict.PLAIN_DATA,
            "{'module': 'keras.layers', 'class_name': 'StringLookup', 'config': {'vocabulary':"
                + " ['a']}}"),
        // skops
        skops(Verdict.RUNS_CODE, "os", "system", "FunctionNode", ""),
        skops(Verdict.RUNS_CODE, "os", "system", "ConstructorFromReduceNode", ""),
        skops(Verdict.RUNS_CODE, "subprocess", "Popen", "ObjectNode", ""),
        skops(Verdict.RUNS_CODE, "operator", "call", "OperatorFuncNode", ""),
        skops(Verdict.RUNS_CODE, "builtins", "attrgetter", "OperatorFuncNode", ""),
        skops(
            Verdict.RUNS_CODE,
            "operator",
            "attrgetter",
            "OperatorFuncNode",
            ", 'attrs': {'__loader__': 'JsonNode', '__class__': 'str', '__module__': 'builtins',"
                + " 'content': '__class__'}"),
        skops(
            Verdict.RUNS_CODE,
            "sklearn.svm",
            "SVC",
            "MethodNode",
            ", 'content': {'func': '__reduce__', 'obj': {'__class__': 'SVC', '__module__':"
                + " 'sklearn.svm', '__loader__': 'ObjectNode'}}"),
        skops(
            Verdict.RUNS_CODE,
            "sklearn.svm",
            "SVC",
            "MethodNode",
            ", 'content': {'func': 'unlink', 'obj': {'__class__': 'Path', '__module__': 'pathlib',"
                + " '__loader__': 'ObjectNode'}}"),
        skops(Verdict.UNKNOWN_CODE, "evil", "Model", "ObjectNode", ""),
        skops(Verdict.NEEDS_TYPES, "sklearn.svm._classes", "SVC", "ObjectNode", ""),
        skops(Verdict.NEEDS_TYPES, "numpy", "log1p", "FunctionNode", ""),
        // the Hugging Face libraries
        hub(
            Verdict.UNKNOWN_CODE,
            "config.json",
            "{'model_type': 'x', 'auto_map': {'AutoModel': 'modeling_x.XModel'}}"),
        hub(
            Verdict.UNKNOWN_CODE,
            "config.json",
            "{'auto_map': {'AutoConfig': 'a/b--configuration_x.XConfig'}}"),
        hub(
            Verdict.UNKNOWN_CODE,
            "tokenizer_config.json",
            "{'auto_map': {'AutoTokenizer': ['tok.Slow', null]}}"),
        hub(Verdict.RUNS_CODE, "tokenizer_config.json", "{'chat_template': '{{ x.__class__ }}'}"),
        hub(
            Verdict.RUNS_CODE,
            "tokenizer_config.json",
            "{'chat_template': [{'name': 'default', 'template': '{{ x|attr(\\\"__class__\\\")"
                + " }}'}]}"),
        hub(
            Verdict.RUNS_CODE,
            "model.safetensors.index.json",
            "{'weight_map': {'a': '../../etc/passwd'}}"),
        hub(
            Verdict.UNKNOWN_CODE,
            "model_index.json",
            "{'_class_name': 'X', '_diffusers_version': '0.1', 'unet': ['my_file', 'MyUNet']}"),
        hub(
            Verdict.RUNS_CODE,
            "adapter_config.json",
            "{'peft_type': 'LORA', 'auto_mapping': {'base_model_class': 'system', 'parent_library':"
                + " 'os'}}"),
        hub(
            Verdict.UNKNOWN_CODE,
            "modules.json",
            "[{'idx': 0, 'name': '0', 'path': '', 'type': 'evil.Transformer'}]"),
        hub(
            Verdict.PLAIN_DATA,
            "modules.json",
            "[{'idx': 0, 'name': '0', 'path': '', 'type':"
                + " 'sentence_transformers.models.Transformer'}]"),
        hub(
            Verdict.PLAIN_DATA,
            "config.json",
            "{'architectures': ['BertModel'], 'model_type': 'bert', 'torch_dtype': 'float32'}"),
        hub(
            Verdict.PLAIN_DATA,
            "model_index.json",
            "{'_class_name': 'StableDiffusionPipeline', '_diffusers_version': '0.1', 'unet':"
                + " ['diffusers', 'UNet2DConditionModel'], 'safety_checker': ['stable_diffusion',"
                + " 'StableDiffusionSafetyChecker'], 'x': [null, null]}"),
        hub(
            Verdict.PLAIN_DATA,
            "adapter_config.json",
            "{'peft_type': 'LORA', 'auto_mapping': null, 'r': 8}"),
        hub(
            Verdict.PLAIN_DATA,
            "model.safetensors.index.json",
            "{'metadata': {}, 'weight_map': {'a': 'model-00001-of-00002.safetensors'}}"),
        hub(
            Verdict.PLAIN_DATA,
            "tokenizer_config.json",
            "{'chat_template': '{% for m in messages %}{{ m.content }}{% endfor %}',"
                + " 'tokenizer_class': 'X'}"),
        Arguments.of(Verdict.RUNS_CODE, "chat_template.jinja", "{{ lipsum.__globals__ }}"),
        Arguments.of(Verdict.PLAIN_DATA, "chat_template.jinja", "{{ messages[0].content }}"));
  }

  private static Arguments yaml(Verdict verdict, String text) {
    return Arguments.of(verdict, "a.yaml", text);
  }

  private static Arguments mlmodel(Verdict verdict, String python) {
    return Arguments.of(
        verdict,
        "m/MLmodel",
        "flavors:\n  python_function:\n    " + python + "\nmlflow_version: 2.9.2\n");
  }

  private static Arguments json(Verdict verdict, String text) {
    return Arguments.of(verdict, "a.json", text.replace('\'', '"'));
  }

  private static Arguments skops(
      Verdict verdict, String module, String name, String loader, String more) {
    return json(
        verdict,
        "{'__module__': '"
            + module
            + "', '__class__': '"
            + name
            + "', '__loader__': '"
            + loader
            + "'"
            + more
            + ", 'protocol': 2}");
  }

  private static Arguments hub(Verdict verdict, String name, String text) {
    return Arguments.of(verdict, name, text.replace('\'', '"'));
  }

  private static Arguments keras(Verdict verdict, String layer) {
    return json(
        verdict,
        "{'class_name': 'Sequential', 'config': {'layers': [{'class_name': 'Dense', 'config': {}}, "
            + layer
            + "]}}");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void isJudged(Verdict verdict, String name, String text) throws IOException, MalformedException {
    Reading reading = read(name, text.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        verdict,
        reading.verdict(),
        () -> reading.format() + " " + reading.effects() + reading.globals());
    assertEquals("complete", reading.outcome().word(), reading.outcome()::toString);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void damageEnds(Verdict verdict, String name, String text) {
    byte[] good = text.getBytes(StandardCharsets.UTF_8);
    Corruptions.seeded(good, 3, 60).forEach(damaged -> end(name, damaged));
  }

  @Test
  void cutsEnd() {
    byte[] json =
        "{\"a\": {\"py/reduce\": [{\"py/function\": \"os.system\"}, [1.5e3, null, \"\\u00e9\"]]}}"
            .getBytes(StandardCharsets.UTF_8);
    Corruptions.cuts(json, 1, 0).forEach(damaged -> end("a.json", damaged));
    byte[] yaml =
        "%TAG !e! tag:yaml.org,2002:python/\n---\na: &x !e!object/apply:os.system [echo, 'é']\nb: *x\n"
            .getBytes(StandardCharsets.UTF_8);
    Corruptions.cuts(yaml, 1, 0).forEach(damaged -> end("a.yaml", damaged));
  }

  private static void end(String name, Corruptions.Damaged damaged) {
    try {
      read(name, damaged.bytes());
    } catch (MalformedException nobody) {
      // No text any more.
    } catch (IOException e) {
      throw new AssertionError(damaged.what(), e);
    }
  }

  @Test
  void whatCameBeforeTheBreakCounts() throws IOException, MalformedException {
    Reading json = read("a.json", "{\"py/repr\": \"1+1\", ".getBytes(StandardCharsets.UTF_8));
    assertEquals(Verdict.RUNS_CODE, json.verdict());
    assertEquals("partial", json.outcome().word());
    Reading yaml =
        read(
            "a.yaml",
            "a: !!python/object/apply:os.system [echo]\nb: [".getBytes(StandardCharsets.UTF_8));
    assertEquals(Verdict.RUNS_CODE, yaml.verdict());
    assertEquals("partial", yaml.outcome().word());
  }

  @Test
  void wideTextIsText() throws IOException, MalformedException {
    for (Charset charset :
        List.of(
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_32)) {
      assertEquals(
          Verdict.RUNS_CODE,
          read("a.json", "{\"py/repr\": \"1+1\"}".getBytes(charset)).verdict(),
          charset::name);
    }
    assertEquals(
        Verdict.RUNS_CODE,
        read("a.json", "\ufeff{\"py/repr\": \"1+1\"}".getBytes(StandardCharsets.UTF_8)).verdict());
    assertEquals(
        Verdict.RUNS_CODE,
        read(
                "a.yaml",
                "a: !!python/object/apply:os.system [echo]".getBytes(StandardCharsets.UTF_16))
            .verdict());
  }

  @Test
  void depthIsBounded() throws IOException, MalformedException {
    for (String open : List.of("[", "{\"a\":")) {
      Reading reading =
          read("a.json", ("{\"py/x\":" + open.repeat(200_000)).getBytes(StandardCharsets.UTF_8));
      assertEquals("partial", reading.outcome().word());
    }
    Reading yaml =
        read(
            "a.yaml", ("a: !!python/tuple " + "[".repeat(20_000)).getBytes(StandardCharsets.UTF_8));
    assertNotEquals("complete", yaml.outcome().word());
  }

  @Test
  void aliasesDoNotUnfold() throws IOException, MalformedException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [!!python/tuple [x]]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a")
          .append(i)
          .append(": &a")
          .append(i)
          .append(" [")
          .append(("*a" + (i - 1) + ", ").repeat(9))
          .append("1]\n");
    }
    Reading reading = read("a.yaml", bomb.toString().getBytes(StandardCharsets.UTF_8));
    assertEquals("complete", reading.outcome().word());
    assertEquals(Verdict.PLAIN_DATA, reading.verdict());
  }
}
