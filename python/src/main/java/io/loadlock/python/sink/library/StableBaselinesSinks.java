package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink.Form;
import io.loadlock.python.sink.SinkRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Stable Baselines: the archive's JSON holds cloudpickle bytes beside weights.
final class StableBaselinesSinks {
  private static final String ADVICE =
      "Build the algorithm in code and call set_parameters, which reads weights alone.";

  private StableBaselinesSinks() {}

  static final Library LIBRARY =
      Library.of(
              "Stable Baselines3",
              "stable-baselines3",
              SinkRow.of(Form.CLASS_METHOD, algorithms())
                  .kind("sb3-load")
                  .high()
                  .loads("path", 0)
                  .codes(Codes.FRAMEWORK)
                  .advice(ADVICE)
                  .readIn(
                      "stable-baselines3 2.8.0 stable_baselines3/common/base_class.py load,"
                          + " save_util.py json_to_data"),
              SinkRow.classMethod(
                      "stable_baselines3.common.policies.BaseModel.load",
                      "stable_baselines3.common.policies.BasePolicy.load",
                      "stable_baselines3.common.policies.ActorCriticPolicy.load",
                      "stable_baselines3.common.policies.ActorCriticCnnPolicy.load",
                      "stable_baselines3.common.policies.MultiInputActorCriticPolicy.load",
                      "stable_baselines3.sac.policies.SACPolicy.load",
                      "stable_baselines3.td3.policies.TD3Policy.load",
                      "stable_baselines3.dqn.policies.DQNPolicy.load")
                  .kind("sb3-load")
                  .high()
                  .loads("path", 0)
                  .codes(Codes.FRAMEWORK)
                  .advice(
                      "Build the policy in code and load its state with torch.load and"
                          + " weights_only=True.")
                  .readIn(
                      "stable-baselines3 2.8.0 stable_baselines3/common/policies.py"
                          + " BaseModel.load"),
              SinkRow.classMethod("stable_baselines3.common.vec_env.VecNormalize.load")
                  .kind("sb3-load")
                  .high()
                  .loads("load_path", 0)
                  .codes(Codes.FRAMEWORK)
                  .advice("Save the running mean and variance as a numeric npz.")
                  .readIn(
                      "stable-baselines3 2.8.0 stable_baselines3/common/vec_env/vec_normalize.py"
                          + " load"),
              SinkRow.function("stable_baselines3.common.save_util.load_from_pkl")
                  .kind("sb3-load")
                  .high()
                  .loads("path", 0)
                  .codes(Codes.FRAMEWORK)
                  .advice("Save replay buffers as numeric npz files.")
                  .readIn(
                      "stable-baselines3 2.8.0 stable_baselines3/common/save_util.py"
                          + " load_from_pkl"),
              SinkRow.function("stable_baselines3.common.save_util.load_from_zip_file")
                  .kind("sb3-load")
                  .high()
                  .loads("load_path", 0)
                  .safeWhenFalse("load_data", 1)
                  .argumentSince("1.0", "stable-baselines3")
                  .absentIsSafe(false)
                  .codes(Codes.FRAMEWORK)
                  .advice(
                      "Pass load_data=False; the parameters are then read with weights_only=True.")
                  .readIn(
                      "stable-baselines3 2.8.0 stable_baselines3/common/save_util.py"
                          + " load_from_zip_file"),
              SinkRow.method(
                      "stable_baselines3.SAC.load_replay_buffer",
                      "stable_baselines3.TD3.load_replay_buffer",
                      "stable_baselines3.DQN.load_replay_buffer",
                      "stable_baselines3.DDPG.load_replay_buffer",
                      "stable_baselines3.common.off_policy_algorithm.OffPolicyAlgorithm.load_replay_buffer")
                  .kind("sb3-load")
                  .high()
                  .loads("path", 0)
                  .codes(Codes.FRAMEWORK)
                  .advice("Save replay buffers as numeric npz files.")
                  .readIn(
                      "stable-baselines3 2.8.0 stable_baselines3/common/off_policy_algorithm.py"
                          + " load_replay_buffer"))
          .alias(
              "stable_baselines3.common.vec_env.VecNormalize",
              "stable_baselines3.common.vec_env.vec_normalize.VecNormalize");

  private static List<String> algorithms() {
    var names = new ArrayList<String>();
    for (String name : List.of("A2C", "DDPG", "DQN", "PPO", "SAC", "TD3")) {
      names.add("stable_baselines3." + name + ".load");
      names.add("stable_baselines3." + name.toLowerCase(Locale.ROOT) + "." + name + ".load");
    }
    for (String name :
        List.of("ARS", "CrossQ", "MaskablePPO", "QRDQN", "RecurrentPPO", "TQC", "TRPO")) {
      names.add("sb3_contrib." + name + ".load");
    }
    for (String name :
        List.of(
            "A2C", "ACER", "ACKTR", "DDPG", "DQN", "GAIL", "HER", "PPO1", "PPO2", "SAC", "TD3",
            "TRPO")) {
      names.add("stable_baselines." + name + ".load");
    }
    names.add("stable_baselines3.common.base_class.BaseAlgorithm.load");
    return names;
  }
}
