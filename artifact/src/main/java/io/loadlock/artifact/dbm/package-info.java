/// The files under Python's `dbm` and `shelve`: GNU dbm, Berkeley DB (what `dbm.ndbm` is on most
/// Linux systems), SQLite (`dbm.sqlite3`) and `dbm.dumb`. A shelf's values are pickles; each record
/// is handed back.
@NullMarked
package io.loadlock.artifact.dbm;

import org.jspecify.annotations.NullMarked;
