package io.loadlock.packaging;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One of the three methods that the compiler gives a record, as
/// `java.lang.runtime.ObjectMethods.bootstrap` would make it.
///
/// @param name `equals`, `hashCode` or `toString`
/// @param owner the record
/// @param components in the order in which they are declared
record RecordMethod(String name, ClassDesc owner, List<Component> components) {
  private static final ClassDesc BOOTSTRAPS = ClassDesc.of("java.lang.runtime.ObjectMethods");
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final ClassDesc BUILDER = ClassDesc.of("java.lang.StringBuilder");

  record Component(String name, ClassDesc type) {}

  /// The method that `call` stands for, when it is one of a record.
  static Optional<RecordMethod> of(InvokeDynamicInstruction call) {
    var bootstrap = call.bootstrapMethod();
    if (!bootstrap.owner().equals(BOOTSTRAPS) || !bootstrap.methodName().equals("bootstrap")) {
      return Optional.empty();
    }
    var given = call.bootstrapArgs();
    if (!(given.getFirst() instanceof ClassDesc owner)) {
      return Optional.empty();
    }
    List<Component> components = new ArrayList<>();
    for (var getter : given.subList(2, given.size())) {
      if (!(getter instanceof DirectMethodHandleDesc field)) {
        return Optional.empty();
      }
      components.add(new Component(field.methodName(), field.invocationType().returnType()));
    }
    return Optional.of(new RecordMethod(call.name().stringValue(), owner, components));
  }

  /// Does the method's work on what is on the stack: the record and, for `equals`, the other
  /// object, which are also the variables 0 and 1. It leaves the result there.
  ///
  /// @return false, and nothing done, for a method of another name
  boolean inline(CodeBuilder code) {
    switch (name) {
      case "equals" -> equalTo(code.pop().pop());
      case "hashCode" -> hash(code.pop());
      case "toString" -> text(code.pop());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void equalTo(CodeBuilder code) {
    Label different = code.newLabel();
    Label end = code.newLabel();
    Label same = code.newLabel();
    code.aload(0).aload(1).if_acmpeq(same);
    code.aload(1).instanceOf(owner).ifeq(different);
    for (Component component : components) {
      get(code, component);
      code.aload(1).checkcast(owner).getfield(owner, component.name(), component.type());
      differs(code, component.type(), different);
    }
    code.labelBinding(same).iconst_1().goto_(end);
    code.labelBinding(different).iconst_0().labelBinding(end);
  }

  private static void differs(CodeBuilder code, ClassDesc type, Label different) {
    switch (TypeKind.from(type)) {
      case REFERENCE ->
          code.invokestatic(OBJECTS, "equals", of("(Ljava/lang/Object;Ljava/lang/Object;)Z"))
              .ifeq(different);
      case LONG -> code.lcmp().ifne(different);
      case FLOAT ->
          code.invokestatic(ConstantDescs.CD_Float, "compare", of("(FF)I")).ifne(different);
      case DOUBLE ->
          code.invokestatic(ConstantDescs.CD_Double, "compare", of("(DD)I")).ifne(different);
      default -> code.if_icmpne(different);
    }
  }

  private void hash(CodeBuilder code) {
    code.iconst_0();
    for (Component component : components) {
      code.loadConstant(31).imul();
      get(code, component);
      ClassDesc type = component.type();
      if (type.isPrimitive()) {
        var one = MethodTypeDesc.of(ConstantDescs.CD_int, type);
        code.invokestatic(boxed(type), "hashCode", one);
      } else {
        code.invokestatic(OBJECTS, "hashCode", of("(Ljava/lang/Object;)I"));
      }
      code.iadd();
    }
  }

  private void text(CodeBuilder code) {
    code.new_(BUILDER).dup().loadConstant(simpleName() + "[");
    code.invokespecial(BUILDER, ConstantDescs.INIT_NAME, of("(Ljava/lang/String;)V"));
    String before = "";
    for (Component component : components) {
      code.loadConstant(before + component.name() + "=");
      append(code, ConstantDescs.CD_String);
      get(code, component);
      append(code, component.type());
      before = ", ";
    }
    code.loadConstant("]");
    append(code, ConstantDescs.CD_String);
    code.invokevirtual(BUILDER, "toString", of("()Ljava/lang/String;"));
  }

  private static void append(CodeBuilder code, ClassDesc type) {
    ClassDesc taken =
        switch (type.descriptorString()) {
          case "B", "S" -> ConstantDescs.CD_int;
          case "Ljava/lang/String;" -> type;
          case String descriptor ->
              type.isPrimitive() && !descriptor.isEmpty() ? type : ConstantDescs.CD_Object;
        };
    code.invokevirtual(BUILDER, "append", MethodTypeDesc.of(BUILDER, taken));
  }

  private void get(CodeBuilder code, Component component) {
    code.aload(0).getfield(owner, component.name(), component.type());
  }

  /// As `Class.getSimpleName` gives it: what follows the outer class's name, and the number that a
  /// local record has.
  private String simpleName() {
    String name = owner.displayName();
    String inner = name.substring(name.lastIndexOf('$') + 1);
    int digits = 0;
    while (digits < inner.length() && Character.isDigit(inner.charAt(digits))) {
      digits++;
    }
    return inner.substring(digits);
  }

  private static ClassDesc boxed(ClassDesc primitive) {
    return switch (TypeKind.from(primitive)) {
      case BOOLEAN -> ConstantDescs.CD_Boolean;
      case BYTE -> ConstantDescs.CD_Byte;
      case CHAR -> ConstantDescs.CD_Character;
      case SHORT -> ConstantDescs.CD_Short;
      case INT -> ConstantDescs.CD_Integer;
      case LONG -> ConstantDescs.CD_Long;
      case FLOAT -> ConstantDescs.CD_Float;
      case DOUBLE -> ConstantDescs.CD_Double;
      case REFERENCE, VOID -> throw new IllegalArgumentException(primitive.displayName());
    };
  }

  private static MethodTypeDesc of(String descriptor) {
    return MethodTypeDesc.ofDescriptor(descriptor);
  }
}
