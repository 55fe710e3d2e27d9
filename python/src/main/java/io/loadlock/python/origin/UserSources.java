package io.loadlock.python.origin;

import static io.loadlock.python.origin.Origin.ARGUMENT;
import static io.loadlock.python.origin.Origin.CONFIGURATION;
import static io.loadlock.python.origin.Origin.ENVIRONMENT;

import java.util.List;

/// What whoever starts a program says: arguments, environment, configuration.
final class UserSources {
  private static final String NAMED = "is named on the command line";
  private static final String INPUT = "comes from standard input";
  private static final String ENV = "is named by the environment";
  private static final String CONFIG = "is named in a configuration";

  private UserSources() {}

  static final List<Source> ROWS =
      new SourceRows()
          .values(
              ARGUMENT,
              NAMED,
              "sys.argv",
              "argparse",
              "optparse",
              "getopt",
              "docopt",
              "docopt.docopt",
              "absl.flags",
              "gflags",
              "tensorflow.app.flags",
              "tensorflow.compat.v1.app.flags",
              "click",
              "typer.Option",
              "typer.Argument",
              "tap.Tap",
              "configargparse",
              "jsonargparse",
              "simple_parsing",
              "tyro.cli",
              "transformers.HfArgumentParser",
              "transformers.hf_argparser.HfArgumentParser",
              "trl.TrlParser",
              "plac",
              "cleo",
              "questionary",
              "inquirer",
              "tkinter.filedialog",
              "PyQt5.QtWidgets.QFileDialog",
              "PySide6.QtWidgets.QFileDialog",
              "wx.FileDialog")
          .values(
              ARGUMENT,
              INPUT,
              "sys.stdin",
              "builtins.input",
              "builtins.raw_input",
              "getpass.getpass",
              "fileinput")
          .values(
              ARGUMENT,
              "is what another program prints",
              "subprocess.check_output",
              "subprocess.run",
              "subprocess.Popen")
          .values(
              ENVIRONMENT,
              ENV,
              "os.environ",
              "os.environb",
              "os.getenv",
              "os.getenvb",
              "environ.Env",
              "decouple.config",
              "dotenv.dotenv_values",
              "dotenv.get_key",
              "starlette.config.Config",
              "pydantic_settings.BaseSettings",
              "pydantic.BaseSettings")
          .values(
              CONFIGURATION,
              CONFIG,
              "yaml",
              "ruamel.yaml",
              "ruyaml",
              "oyaml",
              "json.load",
              "json.loads",
              "simplejson",
              "ujson",
              "orjson",
              "json5",
              "hjson",
              "jsonlines",
              "commentjson",
              "toml",
              "tomli",
              "tomllib",
              "tomlkit",
              "pytoml",
              "configparser",
              "ConfigParser",
              "six.moves.configparser",
              "configobj",
              "hydra.compose",
              "hydra.utils.to_absolute_path",
              "omegaconf",
              "yacs.config",
              "dynaconf",
              "confuse",
              "ml_collections",
              "easydict",
              "addict",
              "box.Box",
              "munch",
              "mmcv.Config",
              "mmengine.config.Config",
              "mmengine.Config",
              "detectron2.config",
              "xml.etree.ElementTree",
              "csv",
              "pandas.read_csv",
              "pyhocon",
              "gin",
              "django.conf.settings",
              "flask.current_app.config")
          .routes(
              ARGUMENT,
              NAMED,
              "click.command",
              "click.group",
              "click.option",
              "click.argument",
              "click.Group.command",
              "click.command.command",
              "click.group.command",
              "rich_click.command",
              "asyncclick.command",
              "typer.run",
              "typer.Typer.command",
              "typer.Typer.callback",
              "fire.Fire",
              "fire.core.Fire",
              "plac.call",
              "defopt.run",
              "tyro.cli",
              "cyclopts.App.command",
              "cyclopts.App.default",
              "jsonargparse.CLI",
              "jsonargparse.auto_cli",
              "absl.app.run",
              "argh.dispatch_command",
              "flask.Flask.cli.command",
              "prefect.flow",
              "prefect.task",
              "invoke.task")
          .routes(
              CONFIGURATION,
              CONFIG,
              "hydra.main",
              "sacred.Experiment.main",
              "sacred.Experiment.automain",
              "gin.configurable",
              "pytorch_lightning.cli.LightningCLI")
          .types(
              ARGUMENT,
              NAMED,
              "argparse.Namespace",
              "optparse.Values",
              "click.Context",
              "transformers.TrainingArguments",
              "transformers.training_args.TrainingArguments",
              "django.core.management.base.BaseCommand",
              "tap.Tap")
          .types(
              CONFIGURATION,
              CONFIG,
              "omegaconf.DictConfig",
              "omegaconf.dictconfig.DictConfig",
              "configparser.ConfigParser",
              "ml_collections.ConfigDict",
              "yacs.config.CfgNode",
              "detectron2.config.CfgNode",
              "mmengine.config.Config",
              "mmengine.Config",
              "transformers.PretrainedConfig",
              "transformers.PreTrainedConfig",
              "transformers.configuration_utils.PretrainedConfig")
          .types(ENVIRONMENT, ENV, "pydantic_settings.BaseSettings", "pydantic.BaseSettings")
          .rows();
}
