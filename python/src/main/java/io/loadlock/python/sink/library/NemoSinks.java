package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// NeMo: a .nemo archive holds a configuration that names classes, and weights loaded with
/// weights_only=False.
final class NemoSinks {
  private NemoSinks() {}

  static final Library LIBRARY =
      Library.of(
          "NeMo",
          "nemo-toolkit",
          SinkRow.classMethod(
                  "nemo.core.ModelPT.restore_from",
                  "nemo.core.classes.ModelPT.restore_from",
                  "nemo.core.classes.modelPT.ModelPT.restore_from",
                  "nemo.collections.asr.models.ASRModel.restore_from",
                  "nemo.collections.asr.models.EncDecMultiTaskModel.restore_from",
                  "nemo.collections.asr.models.EncDecCTCModelBPE.restore_from",
                  "nemo.collections.asr.models.EncDecCTCModel.restore_from",
                  "nemo.collections.asr.models.EncDecHybridRNNTCTCBPEModel.restore_from",
                  "nemo.collections.asr.models.EncDecHybridRNNTCTCModel.restore_from",
                  "nemo.collections.asr.models.EncDecSpeakerLabelModel.restore_from",
                  "nemo.collections.asr.models.EncDecDiarLabelModel.restore_from",
                  "nemo.collections.asr.models.EncDecRNNTBPEModel.restore_from",
                  "nemo.collections.asr.models.EncDecRNNTModel.restore_from",
                  "nemo.collections.asr.models.SLUIntentSlotBPEModel.restore_from",
                  "nemo.collections.asr.models.SortformerEncLabelModel.restore_from",
                  "nemo.collections.asr.models.EncDecTransfModelBPE.restore_from",
                  "nemo.collections.tts.models.AlignerModel.restore_from",
                  "nemo.collections.tts.models.AudioCodecModel.restore_from",
                  "nemo.collections.tts.models.FastPitchModel.restore_from",
                  "nemo.collections.tts.models.HifiGanModel.restore_from",
                  "nemo.collections.tts.models.MixerTTSModel.restore_from",
                  "nemo.collections.tts.models.RadTTSModel.restore_from",
                  "nemo.collections.tts.models.Tacotron2Model.restore_from",
                  "nemo.collections.tts.models.UnivNetModel.restore_from",
                  "nemo.collections.tts.models.VitsModel.restore_from",
                  "nemo.collections.tts.models.WaveGlowModel.restore_from")
              .kind("nemo-restore")
              .high()
              .loads("restore_path", 0)
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Take the weights out with loadlock convert, and build the model from a"
                      + " configuration of your own.")
              .readIn(
                  "nemo-toolkit 2.5.0 nemo/core/connectors/save_restore_connector.py"
                      + " _load_state_dict_from_disk"));
}
