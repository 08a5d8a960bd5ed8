/**
 * What each shell runs when Tab is pressed: it asks the `slipway` that was typed what may stand there, so that names
 * of the running cloud are the ones of that moment. https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html,
 * https://zsh.sourceforge.io/Doc/Release/Completion-System.html, https://fishshell.com/docs/current/completions.html
 */

export const shells = ['bash', 'zsh', 'fish'] as const;

export const scripts: Readonly<Record<(typeof shells)[number], string>> = {
  // Bash takes `=` and `:` for ends of words, and wants only what comes after the last one.
  bash: `# slipway completion for bash: source <(slipway completion bash)
_slipway() {
  local IFS=$' \\t' line last before
  local -a typed
  read -ra typed <<< "\${COMP_LINE:0:COMP_POINT}"
  [[ "\${COMP_LINE:0:COMP_POINT}" == *[[:space:]] ]] && typed+=('')
  last=\${COMP_WORDS[COMP_CWORD]}
  [[ $last == [=:] ]] && last=''
  before=\${typed[-1]}
  before=\${before%"$last"}
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$last")
    else
      line=\${line%%$'\\t'*}
      COMPREPLY+=("\${line#"$before"}")
    fi
  done < <("\${typed[0]}" completion candidates -- "\${typed[@]:1}" 2>/dev/null)
}
complete -F _slipway slipway`,
  zsh: `#compdef slipway
# slipway completion for zsh, after compinit: source <(slipway completion zsh)
_slipway() {
  local line
  local -a names shown
  for line in "\${(@f)$("$words[1]" completion candidates -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      (:files) _files ;;
      (?*) names+=("\${line%%$'\\t'*}"); shown+=("\${line/$'\\t'/  }") ;;
    esac
  done
  (( $#names )) && compadd -l -d shown -a names
}
if [[ "$funcstack[1]" == _slipway ]]; then _slipway "$@"; else compdef _slipway slipway; fi`,
  fish: `# slipway completion for fish: slipway completion fish > ~/.config/fish/completions/slipway.fish
function __slipway_candidates
  set -l typed (commandline -opc)
  set -l current (commandline -ct)
  for line in ($typed[1] completion candidates -- $typed[2..-1] "$current" 2>/dev/null)
    if test "$line" = ':files'
      __fish_complete_path "$current"
    else
      echo $line
    end
  end
end
complete -c slipway -f -a '(__slipway_candidates)'`,
};
