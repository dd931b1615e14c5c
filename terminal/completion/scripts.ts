// What shells are told: they ask us for each word.

const BASH = `# constellation: completion for bash. In ~/.bashrc: eval "$(constellation completion bash)"
_constellation() {
  local IFS=$'\\n' rest=$COMP_LINE typed=() last=-1 word
  # bash parts words at = and : too; what has no space before it goes on with the word before it.
  for word in "\${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    if [ "$last" -gt 0 ] && [ "\${rest#[[:space:]]}" = "$rest" ]; then typed[last]+=$word; else typed[++last]=$word; fi
    rest=\${rest#"\${rest%%[![:space:]]*}"}
    rest=\${rest#"$word"}
  done
  case $word in =|:) word= ;; esac
  COMPREPLY=($(constellation __complete "\${typed[@]:1}" 2>/dev/null | cut -f1))
  if [ "\${COMPREPLY[*]}" = ':files' ]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$word"))
  else
    # Of the candidates bash wants what follows the part that it has.
    COMPREPLY=("\${COMPREPLY[@]#"\${typed[last]%"$word"}"}")
  fi
  return 0
}
complete -F _constellation constellation`

const ZSH = `#compdef constellation
# constellation: completion for zsh. In ~/.zshrc, after compinit: eval "$(constellation completion zsh)"
_constellation() {
  local -a found
  found=("\${(@f)$(constellation __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ "$found" == ':files' ]]; then _files; return; fi
  found=("\${(@)found//:/\\\\:}")
  found=("\${(@)found/$'\\t'/:}")
  [[ -n "$found" ]] && _describe constellation found
}
compdef _constellation constellation`

const FISH = `# constellation: completion for fish. In ~/.config/fish/config.fish: constellation completion fish | source
function __constellation_complete
  set -l typed (commandline -opc) (commandline -ct)
  set -l found (constellation __complete $typed[2..-1] 2>/dev/null)
  if test "$found" = ':files'
    __fish_complete_path (commandline -ct)
  else
    printf '%s\\n' $found
  end
end
complete -c constellation -f -a '(__constellation_complete)'`

export const SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const
