#!/bin/sh
# Stands for the commands of an image that would change its users, its owners or its packages. All files of an image
# belong to one user here, and packages are this machine's: the names are answered, nothing is installed.
# /.slipway/packages has a line for each package: its name and the commands that come with it.
me=${0##*/}
log() { printf '%s\n' "$*" >&2; }

install_packages() {
  missing=
  for name in "$@"; do
    line=$(grep -m1 -e "^$name " /.slipway/packages) || { missing="$missing $name"; continue; }
    for command in ${line#* }; do
      case $command in -) continue ;; esac
      target=/usr/bin/${command##*/}
      [ -e "$target" ] || ln -sf "/.slipway/system$command" "$target"
    done
  done
  [ -z "$missing" ] || { log "E: Unable to locate package$missing on this machine (Slipway installs none: install it on this machine)"; exit 100; }
}

packages() {
  verb=
  names=
  while [ $# -gt 0 ]; do
    case $1 in
      -o|-t|--virtual|-X|--repository|--target-release) shift ;;
      -t=*|-*) ;;
      *) if [ -z "$verb" ]; then verb=$1; else name=${1%%[=<>~@:]*}; names="$names $name"; fi ;;
    esac
    shift
  done
  case $verb in
    install|add) install_packages $names ;;
    update|upgrade|dist-upgrade|clean|autoclean|autoremove|remove|purge|del|makecache|cache|clean*) ;;
    *) log "$me: $verb is not supported by Slipway"; exit 1 ;;
  esac
}

free_id() { # file first
  awk -F: -v id="$2" '{ used[$3] = 1 } END { while (id in used) id++; print id }' "$1"
}

add_group() { # name id
  grep -q "^$1:" /etc/group && return 0
  echo "$1:x:${2:-$(free_id /etc/group 1000)}:" >> /etc/group
}

group_id() {
  case $1 in *[!0-9]*) awk -F: -v name="$1" '$1 == name { print $3 }' /etc/group ;; *) echo "$1" ;; esac
}

groups() {
  id=
  name=
  member=
  while [ $# -gt 0 ]; do
    case $1 in
      -g|--gid) id=$2; shift ;;
      --gid=*) id=${1#*=} ;;
      -K|--key) shift ;;
      -*) ;;
      *) if [ -z "$name" ]; then name=$1; else member=$name; name=$1; fi ;;
    esac
    shift
  done
  # `addgroup user group` adds a member to a group.
  [ -z "$member" ] || { add_group "$name"; return; }
  if grep -q "^$name:" /etc/group && [ "$me" = groupadd ]; then log "groupadd: group '$name' already exists"; exit 9; fi
  add_group "$name" "$id"
}

users() {
  id=
  group=
  home=
  shell=/bin/sh
  name=
  make=
  system=
  [ "$me" = adduser ] && make=yes
  while [ $# -gt 0 ]; do
    case $1 in
      -u|--uid) id=$2; shift ;;
      --uid=*) id=${1#*=} ;;
      -g|--gid|--ingroup) if [ "$me" = adduser ] && [ "$1" = -g ]; then :; else group=$2; fi; shift ;;
      --gid=*|--ingroup=*) group=${1#*=} ;;
      -G) [ "$me" = adduser ] && group=$2; shift ;;
      --groups) shift ;;
      -d|--home-dir|--home) home=$2; shift ;;
      --home=*|--home-dir=*) home=${1#*=} ;;
      -h) if [ "$me" = adduser ]; then home=$2; shift; fi ;;
      -s|--shell) shell=$2; shift ;;
      --shell=*) shell=${1#*=} ;;
      -c|--comment|--gecos|-k|--skel|-p|--password|-b|--base-dir|-e|-K|--key) shift ;;
      -m|--create-home) make=yes ;;
      -M|-H|--no-create-home) make= ;;
      -r|--system|-S) system=yes ;;
      --*) ;;
      -*)
        # Several letters in one, such as -rm or -Sm.
        case $1 in -*m*) make=yes ;; esac
        case $1 in -*r*|-*S*) system=yes ;; esac
        case $1 in -*H*|-*M*) make= ;; esac
        # The last of them may take the value that follows.
        case $1 in
          -*u) id=$2; shift ;;
          -*g) group=$2; shift ;;
          -*G) [ "$me" = adduser ] && group=$2; shift ;;
          -*s) shell=$2; shift ;;
          -*d) home=$2; shift ;;
          -*c) shift ;;
        esac ;;
      *) if [ -z "$name" ]; then name=$1; else add_group "$1"; return; fi ;;
    esac
    shift
  done
  [ -n "$name" ] || { log "$me: no user name"; exit 2; }
  if grep -q "^$name:" /etc/passwd; then log "$me: user '$name' already exists"; exit 9; fi
  first=1000
  [ -z "$system" ] || first=100
  id=${id:-$(free_id /etc/passwd $first)}
  if [ -z "$group" ]; then add_group "$name" "$id"; group=$name; fi
  gid=$(group_id "$group")
  [ -n "$gid" ] || { log "$me: group '$group' does not exist"; exit 6; }
  home=${home:-/home/$name}
  echo "$name:x:$id:$gid::$home:$shell" >> /etc/passwd
  [ -z "$make" ] || mkdir -p "$home"
}

# rsync of folders of this machine, as the CDK's bundling of Python asks for it: links are followed.
copy_folders() {
  if [ -x /.slipway/system/usr/bin/rsync ]; then exec /.slipway/system/usr/bin/rsync "$@"; fi
  from=
  to=
  excluded=$(mktemp)
  while [ $# -gt 0 ]; do
    case $1 in
      --exclude=*) printf '%s\n' "${1#--exclude=}" >> "$excluded" ;;
      --exclude) printf '%s\n' "$2" >> "$excluded"; shift ;;
      -[rLvaq]*) ;;
      -*) log "rsync: $1 is not supported by Slipway: install rsync on this machine"; exit 1 ;;
      *) from=$to; to=$1 ;;
    esac
    shift
  done
  case $from in */) ;; *) log "rsync: only the content of a folder (with / at the end) is copied"; exit 1 ;; esac
  mkdir -p "$to"
  tar -C "$from" -X "$excluded" -chf - . | tar -C "$to" -xf -
  rm -f "$excluded"
}

case $me in
  rsync) copy_folders "$@" ;;
  apt-get|apt|aptitude|apk|dnf|microdnf|yum) packages "$@" ;;
  addgroup|groupadd) groups "$@" ;;
  adduser|useradd) users "$@" ;;
  chown|chgrp)
    # Owners are not kept, but what is not there is an error.
    for last in "$@"; do :; done
    [ -e "$last" ] || [ -L "$last" ] || { log "$me: cannot access '$last': No such file or directory"; exit 1; } ;;
  *) ;;
esac
