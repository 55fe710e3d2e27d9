package io.loadlock.packaging;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;

/// The question that a pattern switch asks: which is the first label, from the one numbered
/// `restart` on, that the target matches? It answers -1 for null, and the number of labels where
/// none matches (`java.lang.runtime.SwitchBootstraps.typeSwitch`).
///
/// @param name of the method that answers it
/// @param type takes the target and `restart`, returns the answer
/// @param labels types ([ClassDesc]) and texts ([String]); a switch with others stays as it is
record TypeSwitch(String name, MethodTypeDesc type, List<ConstantDesc> labels) {
  private static final ClassDesc BOOTSTRAPS = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
  private static final MethodTypeDesc EQUALS =
      MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object);

  /// What `call` asks, when it is a pattern switch over types and texts.
  ///
  /// @param number that no other switch of the class has
  static Optional<TypeSwitch> of(InvokeDynamicInstruction call, int number) {
    var bootstrap = call.bootstrapMethod();
    if (!bootstrap.owner().equals(BOOTSTRAPS) || !bootstrap.methodName().equals("typeSwitch")) {
      return Optional.empty();
    }
    var labels = call.bootstrapArgs();
    boolean plain =
        labels.stream().allMatch(label -> label instanceof ClassDesc || label instanceof String);
    return plain
        ? Optional.of(new TypeSwitch("typeSwitch$" + number, call.typeSymbol(), labels))
        : Optional.empty();
  }

  /// Calls the method that answers, with target and `restart` on the stack.
  void call(CodeBuilder code, ClassDesc self, boolean isInterface) {
    code.invokestatic(self, name, type, isInterface);
  }

  /// Adds that method.
  void define(ClassBuilder made) {
    int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
    made.withMethodBody(name, type, flags, this::answer);
  }

  private void answer(CodeBuilder code) {
    Label present = code.newLabel();
    code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
    for (int i = 0; i < labels.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      switch (labels.get(i)) {
        case ClassDesc type -> code.aload(0).instanceOf(type);
        case ConstantDesc text ->
            code.loadConstant(text)
                .aload(0)
                .invokevirtual(ConstantDescs.CD_Object, "equals", EQUALS);
      }
      code.ifeq(next).loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }
}
