/// The pickle machine: the opcode table, the values that a pickle builds, what happens while it
/// builds them, and the printer. Nothing that a pickle names is ever looked up or called: a call is
/// a value that says what was called.
///
/// Sources: `Lib/pickletools.py`, `Lib/pickle.py` and `Modules/_pickle.c` of CPython 3.13. Where
/// the last two differ the machine follows the C unpickler, which is the one that loads use, and
/// says so in a notice.
@NullMarked
package io.loadlock.artifact.pickle;

import org.jspecify.annotations.NullMarked;
