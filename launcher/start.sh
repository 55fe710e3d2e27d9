# shellcheck shell=sh
# How loadlock is started: functions for the installed launcher, into which this file is copied, and
# for the ./loadlock of a checkout, which sources it.
#
# A library folder (PREFIX/lib/loadlock, or .loadlock in a checkout) holds
#   current                 the name of the build to run: a hash of its jar
#   BUILD/loadlock.jar      never overwritten: a JVM does not notice that a jar has changed beneath
#                           its cache, and would run the old code
#   BUILD/JDK-MODE.aot      what a training run left for this build, JDK and mode; optional
#
# POSIX shell only, and no process is started on the way: each would cost a millisecond or two.

loadlock_fail() {
  printf 'loadlock: %s\n' "$1" >&2
  exit 2
}

# Sets jdk_version (such as 25.0.3) and jdk_name (with vendor and platform) of the JDK in $1.
loadlock_read_release() {
  jdk_version='' jdk_name='' jdk_os='' jdk_arch=''
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS='="' read -r key _ value _; do
    case $key in
      JAVA_VERSION) jdk_version=$value ;;
      JAVA_RUNTIME_VERSION) jdk_name=${jdk_name:-$value} ;;
      IMPLEMENTOR_VERSION) jdk_name=$value ;;
      OS_NAME) jdk_os=$value ;;
      OS_ARCH) jdk_arch=$value ;;
    esac
  done <"$1/release"
  jdk_name=${jdk_name:-$jdk_version}-$jdk_os-$jdk_arch
  case $jdk_name in */* | *' '*) jdk_name=jdk-$jdk_version-$jdk_arch ;; esac
}

# True when $1 is a Java home that can run loadlock, or with LOADLOCK_NEEDS=jdk also build it.
loadlock_accepts() {
  loadlock_read_release "$1" || return 1
  feature=${jdk_version%%[!0-9]*}
  if [ "${LOADLOCK_NEEDS:-}" = jdk ]; then
    [ "${feature:-0}" -eq 25 ] && [ -x "$1/bin/javac" ] || return 1
  fi
  [ "${feature:-0}" -ge 25 ] && java_home=$1
}

# Sets java_home, jdk_version and jdk_name, or ends with one sentence.
loadlock_find_java() {
  if [ -n "${JAVA_HOME:-}" ] && loadlock_accepts "$JAVA_HOME"; then return; fi
  if on_path=$(command -v java) && on_path=$(readlink -f "$on_path" 2>/dev/null); then
    if loadlock_accepts "${on_path%/bin/java}"; then return; fi
  fi
  for candidate in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/openjdk-* /usr/local/java/* \
    /opt/java/* /opt/jdk* /opt/openjdk* \
    "${SDKMAN_CANDIDATES_DIR:-$HOME/.sdkman/candidates}"/java/* \
    "${ASDF_DATA_DIR:-$HOME/.asdf}"/installs/java/* \
    "${MISE_DATA_DIR:-$HOME/.local/share/mise}"/installs/java/* \
    "${JENV_ROOT:-$HOME/.jenv}"/versions/* \
    "$HOME"/.jdks/* "$HOME"/.gradle/jdks/* "$HOME"/.gradle/jdks/*/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    if loadlock_accepts "$candidate"; then return; fi
  done
  if [ -x /usr/libexec/java_home ]; then
    if candidate=$(/usr/libexec/java_home -F -v 25+ 2>/dev/null) \
      && loadlock_accepts "$candidate"; then return; fi
  fi
  if [ "${LOADLOCK_NEEDS:-}" = jdk ]; then
    loadlock_fail 'building needs JDK 25, and none was found in JAVA_HOME, on the PATH or in the usual folders: install one (such as Temurin 25) or set JAVA_HOME to it.'
  fi
  loadlock_fail 'Java 25 or newer is needed, and none was found in JAVA_HOME, on the PATH or in the usual folders: install one (such as Temurin 25) or set JAVA_HOME to it.'
}

# Sets mode for the user's arguments. Compiled quickly is best for what reads once; hashing needs the
# second compiler, which knows SHA-256. The JVM links every class of a cache before it begins, so
# that what an editor or a hook calls at each change, the scan of single sources, has a smaller one.
loadlock_mode() {
  mode=read
  case ${1:-} in
    lock | verify | convert) mode=hash ;;
    scan)
      for word do
        case $word in
          --format* | --output*) mode=read && return ;;
          *.py | *.pyi | -) mode=file ;;
        esac
        if [ -d "$word" ]; then mode=read && return; fi
      done
      ;;
  esac
}

# Runs Java with the flags of $mode. A cache is good only for a run with the flags of its training.
# The log flags keep the JVM's own words off standard output, and say nothing of a cache that is not
# good: it is only slower without.
loadlock_java() {
  case $mode in
    file | read) set -- -XX:TieredStopAtLevel=1 "$@" ;;
    hash) ;;
  esac
  # The cache is mapped where it was written for: moving it elsewhere, against attacks on a process
  # that runs foreign code, and compiling early what was hot in training both cost milliseconds.
  exec "$java_home/bin/java" -XX:+UseSerialGC -XX:-UsePerfData -Xmx1500m \
    -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:-AOTReplayTraining \
    -Xlog:disable -Xlog:all=error,aot*=off,cds*=off:stderr "$@"
}

# Makes the cache $1 for $jar and $mode, unless somebody else is at it.
loadlock_train() {
  if ! mkdir "$1.lock" 2>/dev/null; then
    # Whoever held the lock for so long was killed; the next run tries again.
    find "$1.lock" -prune -mmin +10 -exec rmdir {} + 2>/dev/null
    return 0
  fi
  if (loadlock_java -XX:AOTCacheOutput="$1.$$" -cp "$jar" io.loadlock.cli.Training "$mode") \
    </dev/null >/dev/null 2>&1 && [ -s "$1.$$" ]; then
    mv -f "$1.$$" "$1"
  fi
  rm -f "$1.$$" "$1.$$.config"
  rmdir "$1.lock"
}

# Runs the current build in the library folder $1; the rest are the user's arguments.
loadlock_run() {
  library=$1
  shift
  read -r build <"$library/current" || loadlock_fail "the installation in $library is incomplete."
  jar=$library/$build/loadlock.jar
  loadlock_mode "$@"
  cache=$library/$build/$jdk_name-$mode.aot
  if ! [ -f "$cache" ] && ! [ -w "$library/$build" ]; then
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/loadlock/$build/$jdk_name-$mode.aot
  fi
  if [ -f "$cache" ]; then
    set -- -XX:AOTCache="$cache" -cp "$jar" io.loadlock.cli.Loadlock "$@"
  else
    # In the background: the run that the user waits for does not get slower by it.
    (umask 077 && mkdir -p "${cache%/*}" && loadlock_train "$cache") </dev/null >/dev/null 2>&1 &
    set -- -cp "$jar" io.loadlock.cli.Loadlock "$@"
  fi
  if [ -t 2 ]; then set -- -Dloadlock.err.terminal=true "$@"; fi
  if [ -t 1 ]; then set -- -Dloadlock.out.terminal=true "$@"; fi
  loadlock_java "$@"
}
