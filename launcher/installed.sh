# The end of the installed launcher: PREFIX/bin/loadlock runs what is in PREFIX/lib/loadlock.
self=$0
while [ -L "$self" ]; do
  target=$(readlink "$self")
  case $target in
    /*) self=$target ;;
    *) self=${self%/*}/$target ;;
  esac
done
case $self in
  */*) prefix=${self%/*}/.. ;;
  *) prefix=.. ;;
esac
loadlock_find_java
loadlock_run "$prefix/lib/loadlock" "$@"
