# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: Apache-2.0
# Installing what Aula needs on Debian and its relatives. Read by ./aula; uses its say, warn, fail and $state.

readonly kMesaSources=/etc/apt/sources.list.d/aula-mesa.sources
readonly kMesaPin=/etc/apt/preferences.d/aula-mesa
readonly -a kAptOptions=(-qq -y --no-install-recommends -o DPkg::Lock::Timeout=900 -o Acquire::Retries=3
                         -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold)

# wantedPackages KIND...: names in .ci/packages.txt of these kinds ("build", "test", "long", "bench").
wantedPackages() {
  local kind line
  for kind in "$@"; do
    while read -r line; do
      line=${line%%#*}
      [[ $line =~ ^(test:|long:|bench:)?[[:space:]]*([^[:space:]]+) ]] || continue
      local found=${BASH_REMATCH[1]%:}
      [[ ${found:-build} == "$kind" ]] && echo "${BASH_REMATCH[2]}"
    done < "$root/.ci/packages.txt"
  done
  return 0
}

# missingPackages NAME...: those that dpkg does not hold as installed.
missingPackages() {
  local installed name
  installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package} ' "$@" 2>/dev/null || true) "
  for name in "$@"; do
    [[ $installed == *" installed $name "* ]] || echo "$name"
  done
}

# asRoot COMMAND...: as we are, or through sudo.
asRoot() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# apt COMMAND...: apt-get without questions; the system's own lock is waited for.
apt() {
  asRoot env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get "${kAptOptions[@]}" "$@" < /dev/null
}

# Package lists may be locked by another apt, for which apt-get itself does not wait, and mirrors stumble: a few tries.
aptUpdate() {
  local try
  for try in 1 2 3 4 5; do
    apt update "$@" > "$state/apt.log" 2>&1 && return 0
    ((try < 5)) && sleep $((try * 3))
  done
  return 1
}

mesaVersion() { dpkg-query -W -f '${Version}' mesa-vulkan-drivers 2>/dev/null || echo 0; }

# Mesa 25 from Debian 12's backports: its software Vulkan device is what draws where there is no GPU. Only Mesa and the
# libdrm it stands on are taken from there, by the mirror that this machine's apt already uses. Without it we go on.
allowNewerMesa() {
  local codename=
  [[ -r /etc/os-release ]] && codename=$(. /etc/os-release; echo "${ID:-}-${VERSION_CODENAME:-}")
  [[ $codename == debian-bookworm ]] || return 0
  dpkg --compare-versions "$(mesaVersion)" ge 25 && return 0
  [[ -e $state/no-backports && -z ${forceSetup:-} ]] && return 0

  local targets uri entry file
  targets=$(apt-get indextargets --format '$(CODENAME)|$(COMPONENT)|$(LABEL)|$(REPO_URI)|$(SOURCESENTRY)' \
                                 'Created-By: Packages' 2>/dev/null)
  printf 'Package: src:mesa src:libdrm\nPin: release n=bookworm-backports\nPin-Priority: 600\n' \
    | asRoot tee "$kMesaPin" > /dev/null
  if ! grep -q '^bookworm-backports|main|' <<< "$targets"; then
    IFS='|' read -r _ _ _ uri entry < <(grep '^bookworm|main|Debian|' <<< "$targets" | head -n 1) || true
    if [[ -z ${uri:-} ]]; then
      forgetNewerMesa "apt's sources name no mirror of Debian 12 to take it from"
      return 0
    fi
    # The same key and trust as that mirror's own entry, whether written as a paragraph or as a line.
    file=${entry%:*}
    [[ $file == /* ]] || file=/etc/apt/sources.list.d/$file
    {
      printf 'Types: deb\nURIs: %s\nSuites: bookworm-backports\nComponents: main\n' "$uri"
      if [[ $file == *.sources ]]; then
        awk -v uri="${uri%/}" 'BEGIN { RS = ""; FS = "\n" }
          index($0, uri) { keep = 0
            for (i = 1; i <= NF; ++i) {
              if ($i !~ /^[ \t#]/) keep = $i ~ /^(Signed-By|Trusted):/
              if (keep && $i !~ /^#/) print $i
            }
            exit }' "$file"
      else
        awk -v uri="${uri%/}" '/^[ \t]*deb[ \t]/ && index($0, uri) {
            if (match($0, /signed-by=[^] \t]+/)) print "Signed-By: " substr($0, RSTART + 10, RLENGTH - 10)
            if ($0 ~ /trusted=yes/) print "Trusted: yes"
            exit }' "$file"
      fi
    } 2> /dev/null | asRoot tee "$kMesaSources" > /dev/null
    if ! aptUpdate -o Dir::Etc::sourcelist="$kMesaSources" -o Dir::Etc::sourceparts=- \
                   -o APT::Get::List-Cleanup=0 -o APT::Update::Error-Mode=any; then
      forgetNewerMesa "this machine's mirror offers no Debian 12 backports"
      return 0
    fi
  fi
  local policy
  policy=$(apt-cache policy mesa-vulkan-drivers || true)
  if [[ ! $policy =~ Candidate:\ (2[5-9]|[3-9][0-9]) ]]; then
    forgetNewerMesa "the backports of this machine's mirror do not hold it"
  fi
}

# forgetNewerMesa REASON: leaves apt as it was, and remembers not to ask on every start.
forgetNewerMesa() {
  asRoot rm -f "$kMesaSources" "$kMesaPin"
  : > "$state/no-backports"
  warn "no Mesa 25: $1. Going on with Debian 12's own Mesa; pictures look the same, newer Vulkan features are missing."
}

# Packages of ours that are installed from Debian 12 although the pin now offers newer ones.
outdatedMesa() {
  [[ -e $kMesaPin ]] || return 0
  dpkg --compare-versions "$(mesaVersion)" ge 25 || echo mesa-vulkan-drivers
}

# setUp KIND...: installs what is missing of these kinds. Cheap when there is nothing to do.
setUp() {
  if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null; then
    warn "this is not Debian or a relative of it: install the libraries that .ci/packages.txt names yourself"
    return 0
  fi
  local -a wanted missing
  mapfile -t wanted < <(wantedPackages "$@")
  mapfile -t missing < <(missingPackages "${wanted[@]}")
  local wantsMesa=
  if grep -qs '^VERSION_CODENAME=bookworm' /etc/os-release && dpkg --compare-versions "$(mesaVersion)" lt 25 &&
     [[ ! -e $state/no-backports || -n ${forceSetup:-} ]]; then
    wantsMesa=yes
  fi
  if ((${#missing[@]} == 0)) && [[ -z $wantsMesa ]]; then
    say "Debian packages: all ${#wanted[@]} are there"
    return 0
  fi

  local command="apt-get update && apt-get install -y --no-install-recommends ${missing[*]:-mesa-vulkan-drivers}"
  if ((EUID != 0)) && ! command -v sudo > /dev/null; then
    ((${#missing[@]} == 0)) && { warn "Mesa 25 needs root to install; going on with what is there"; return 0; }
    fail 1 "missing Debian packages: ${#missing[@]}. Installing them needs root or sudo. As root:" "  $command" \
         "then start ./aula again (or ./aula --no-install ... if you manage this machine yourself)."
  fi
  if ((EUID != 0)) && ! sudo -n true 2> /dev/null; then
    if [[ ! -t 0 ]]; then
      ((${#missing[@]} == 0)) && { warn "Mesa 25 needs root to install; going on with what is there"; return 0; }
      fail 1 "missing Debian packages: ${#missing[@]}. sudo wants a password, which nobody is here to give. Run:" \
           "  sudo sh -c '$command'"
    fi
    say "sudo may ask for your password, to install Debian packages"
    sudo -v || fail 1 "sudo refused. As root: $command"
  fi

  announce packages "Debian packages: ${#missing[@]} to install${wantsMesa:+, and Mesa 25 where the mirror has it}"
  if ! aptUpdate; then
    if ((${#missing[@]} == 0)); then
      forgetNewerMesa "apt-get update failed"
      return 0
    fi
    cat "$state/apt.log" >&2
    fail 1 "apt-get update failed (its words stand above): is there a network? Once there is one:" "  $command"
  fi
  allowNewerMesa
  mapfile -t -O "${#missing[@]}" missing < <(outdatedMesa)
  if ((${#missing[@]})); then
    local try
    for try in 1 2 3; do
      apt install "${missing[@]}" > "$state/apt.log" 2>&1 && break
      if ((try == 3)); then
        tail -n 25 "$state/apt.log" >&2
        fail 1 "apt-get could not install the packages (its last words stand above). By hand:" "  $command"
      fi
      sleep 5
    done
  fi
  finished packages
}
