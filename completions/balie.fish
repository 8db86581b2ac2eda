# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_balie_global_optspecs
    string join \n config= database= format= no-input yes n/dry-run color= q/quiet v/verbose h/help V/version
end

function __fish_balie_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_balie_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_balie_using_subcommand
    set -l cmd (__fish_balie_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c balie -n "__fish_balie_needs_command" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_needs_command" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_needs_command" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_needs_command" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_needs_command" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_needs_command" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_needs_command" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_needs_command" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_needs_command" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_needs_command" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_needs_command" -f -a "demo" -d 'See it all in a minute: a desk\'s morning on this machine alone'
complete -c balie -n "__fish_balie_needs_command" -f -a "desk" -d 'Guided work at a terminal: the queue of requests, one case at a time'
complete -c balie -n "__fish_balie_needs_command" -f -a "init" -d 'Make the database, the keys, the config and the first operator'
complete -c balie -n "__fish_balie_needs_command" -f -a "doctor" -d 'Check database, keys, clock, DNS and mail servers; each line says how to fix it'
complete -c balie -n "__fish_balie_needs_command" -f -a "login" -d 'Log in with password and code'
complete -c balie -n "__fish_balie_needs_command" -f -a "logout" -d 'End your session'
complete -c balie -n "__fish_balie_needs_command" -f -a "whoami" -d 'Who is at work, and until when'
complete -c balie -n "__fish_balie_needs_command" -f -a "operator" -d 'Who works here, as what, and where'
complete -c balie -n "__fish_balie_needs_command" -f -a "find" -d 'Search accounts (short for `account find`)'
complete -c balie -n "__fish_balie_needs_command" -f -a "account" -d 'Accounts: who, where, and the state of the second factor'
complete -c balie -n "__fish_balie_needs_command" -f -a "region" -d 'Regions and the addresses of their desks'
complete -c balie -n "__fish_balie_needs_command" -f -a "org" -d 'Consortia, boards and schools'
complete -c balie -n "__fish_balie_needs_command" -f -a "requester" -d 'Who may ask for a reset'
complete -c balie -n "__fish_balie_needs_command" -f -a "request" -d 'Requests: mails from directors, board members and supervisors'
complete -c balie -n "__fish_balie_needs_command" -f -a "mailbox" -d 'The desk\'s mailbox: take new requests from it'
complete -c balie -n "__fish_balie_needs_command" -f -a "reset" -d 'Reset 2FA of accounts, on a verified request'
complete -c balie -n "__fish_balie_needs_command" -f -a "recovery" -d 'Recovery codes: a fresh one, on a verified request'
complete -c balie -n "__fish_balie_needs_command" -f -a "undo" -d 'Undo the reset of a wrong account, as another operator'
complete -c balie -n "__fish_balie_needs_command" -f -a "pending" -d 'Who was reset and hasn\'t enrolled again: time left, remind, reopen the window'
complete -c balie -n "__fish_balie_needs_command" -f -a "bulk" -d 'Many accounts at once: plan a list, review it, carry it out'
complete -c balie -n "__fish_balie_needs_command" -f -a "case" -d 'Break-glass: resets without a request, by two operators'
complete -c balie -n "__fish_balie_needs_command" -f -a "receipt" -d 'Receipts of resets'
complete -c balie -n "__fish_balie_needs_command" -f -a "audit" -d 'The log: read it, verify it'
complete -c balie -n "__fish_balie_needs_command" -f -a "answer" -d 'The FAQ\'s answer to read out or mail, with the region\'s address filled in'
complete -c balie -n "__fish_balie_needs_command" -f -a "completions" -d 'Print a shell\'s completions'
complete -c balie -n "__fish_balie_needs_command" -f -a "man" -d 'Write the man pages to a folder'
complete -c balie -n "__fish_balie_needs_command" -f -a "schema" -d 'What the documents of `--format json` look like: their JSON Schemas'
complete -c balie -n "__fish_balie_needs_command" -f -a "service" -d 'Services: accounts for timers, each with a token for one job'
complete -c balie -n "__fish_balie_needs_command" -f -a "settings" -d 'The desk\'s own rules and servers: show and change them'
complete -c balie -n "__fish_balie_needs_command" -f -a "key" -d 'Sealing keys: what is sealed under which, and a new one'
complete -c balie -n "__fish_balie_needs_command" -f -a "outbox" -d 'Mails to holders and requesters'
complete -c balie -n "__fish_balie_needs_command" -f -a "enroll" -d 'Authenticators: bind one while its holder is present, or import them from another system'
complete -c balie -n "__fish_balie_needs_command" -f -a "totp" -d '"My code isn\'t accepted": say why, and unlock'
complete -c balie -n "__fish_balie_needs_command" -f -a "portal" -d 'What the login screen decides: the reference for portals'
complete -c balie -n "__fish_balie_needs_command" -f -a "directory" -d 'Import who is who from CSV files'
complete -c balie -n "__fish_balie_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand demo" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand demo" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand demo" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand demo" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand demo" -l keep -d 'Keep the desk in this folder, new or empty' -r -F
complete -c balie -n "__fish_balie_using_subcommand demo" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand demo" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand demo" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand demo" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand demo" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand demo" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand desk" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand desk" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand desk" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand desk" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand desk" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand desk" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand desk" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand desk" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand desk" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand desk" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand desk" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand init" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand init" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand init" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand init" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand init" -l key-file -d 'Where the key file is to be (default: beside the config)' -r -F
complete -c balie -n "__fish_balie_using_subcommand init" -l postgres-roles -d 'Instead: print or apply the grants under which operators\' logins to PostgreSQL work as the database\'s owner' -r -f -a "print\t'Write the script to standard output'
apply\t'Run it'"
complete -c balie -n "__fish_balie_using_subcommand init" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand init" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand init" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand init" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand init" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand init" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand doctor" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand doctor" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand doctor" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand doctor" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand doctor" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand doctor" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand doctor" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand doctor" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand doctor" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand doctor" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand login" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand login" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand login" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand login" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand login" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand login" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand login" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand login" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand login" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand login" -l password-stdin -d 'Read the password from standard input: its first line'
complete -c balie -n "__fish_balie_using_subcommand login" -l new-password-stdin -d 'Read the password that replaces it from standard input: the next line'
complete -c balie -n "__fish_balie_using_subcommand login" -l code-stdin -d 'Read the code from standard input: the last line'
complete -c balie -n "__fish_balie_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand login" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand logout" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand logout" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand logout" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand logout" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand logout" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand logout" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand logout" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand logout" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand logout" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand logout" -l all -d 'End all your sessions, on every machine'
complete -c balie -n "__fish_balie_using_subcommand logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand logout" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand whoami" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand whoami" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand whoami" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand whoami" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand whoami" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand whoami" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand whoami" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand whoami" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand whoami" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand whoami" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -f -a "add" -d 'Register an operator, with an initial password'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -f -a "list" -d 'Every operator'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -f -a "show" -d 'One operator'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -f -a "disable" -d 'Disable an operator: their sessions end at once'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -f -a "enable" -d 'Let a disabled operator work again'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -f -a "role" -d 'Give an operator another role, other regions, a work address or a duty'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -f -a "reset-password" -d 'Give an operator an initial password, or choose your own'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -f -a "token" -d 'Tokens for scripts'
complete -c balie -n "__fish_balie_using_subcommand operator; and not __fish_seen_subcommand_from add list show disable enable role reset-password token help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -l role -d 'operator, senior, auditor or admin' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -l region -d 'A region that the operator works in; once for each (operator and senior)' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -l work-email -d 'The operator\'s own work address' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -l password-stdin -d 'Read the initial password from standard input, rather than drawing one'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from list" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from list" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from list" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from list" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from show" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from show" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from show" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from show" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from disable" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from disable" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from disable" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from disable" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from disable" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from disable" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from disable" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from enable" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from enable" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from enable" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from enable" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from enable" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from enable" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from enable" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -l region -d 'A region that the operator works in; once for each (operator and senior)' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -l work-email -d 'The operator\'s own work address: without one they can\'t reset or approve' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -l duty -d 'totp: whoever needs a code checked is sent to this operator; none takes it away' -r -f -a "totp\t''
none\t''"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from role" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -l old-password-file -d 'Read your old password from a file' -r -F
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -l old-password-stdin -d 'Read your old password from standard input first'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -l password-stdin -d 'Read the new password from standard input'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from reset-password" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -f -a "add" -d 'Make a token for a script'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -f -a "list" -d 'Tokens, newest first'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -f -a "accept" -d 'Accept a token that a colleague made in your name'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -f -a "revoke" -d 'Revoke a token'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from token" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from help" -f -a "add" -d 'Register an operator, with an initial password'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from help" -f -a "list" -d 'Every operator'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from help" -f -a "show" -d 'One operator'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from help" -f -a "disable" -d 'Disable an operator: their sessions end at once'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from help" -f -a "enable" -d 'Let a disabled operator work again'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from help" -f -a "role" -d 'Give an operator another role, other regions, a work address or a duty'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from help" -f -a "reset-password" -d 'Give an operator an initial password, or choose your own'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from help" -f -a "token" -d 'Tokens for scripts'
complete -c balie -n "__fish_balie_using_subcommand operator; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand find" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand find" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand find" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand find" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand find" -l limit -d 'How many at most' -r
complete -c balie -n "__fish_balie_using_subcommand find" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand find" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand find" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand find" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand find" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand find" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand find" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -f -a "find" -d 'Search accounts'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -f -a "show" -d 'One account: who, where, and the state of the second factor'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -f -a "add" -d 'Register an account: a new colleague\'s, or a personal one for somebody who shared a login'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -f -a "block" -d 'Block an account and end its sessions'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -f -a "unblock" -d 'Unblock an account (a senior)'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -f -a "shared" -d 'Logins that look as if several people use them'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -f -a "history" -d 'What was done to one account, newest first'
complete -c balie -n "__fish_balie_using_subcommand account; and not __fish_seen_subcommand_from find show add block unblock shared history help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from find" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from find" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from find" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from find" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from find" -l limit -d 'How many at most' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from find" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from find" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from find" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from find" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from find" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from find" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from find" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from show" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from show" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from show" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from show" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -l name -d 'The holder\'s name' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -l email -d 'The holder\'s work address' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -l role -d 'A role at an organisation; may be given more than once' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -l language -d 'The language of mails: nl or en' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -l personal-for -d 'The shared login that this one takes the place of' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from block" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from block" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from block" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from block" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from block" -l reason -d 'Why, for the log' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from block" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from block" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from block" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from block" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from block" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from block" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from block" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from block" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from unblock" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from unblock" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from unblock" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from unblock" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from unblock" -l reason -d 'Why, for the log' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from unblock" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from unblock" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from unblock" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from unblock" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from unblock" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from unblock" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from unblock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from unblock" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from shared" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from shared" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from shared" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from shared" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from shared" -l limit -d 'How many at most' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from shared" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from shared" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from shared" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from shared" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from shared" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from shared" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from shared" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from history" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from history" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from history" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from history" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from history" -l limit -d 'How many at most' -r
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from history" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from history" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from history" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from history" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from history" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "find" -d 'Search accounts'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "show" -d 'One account: who, where, and the state of the second factor'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "add" -d 'Register an account: a new colleague\'s, or a personal one for somebody who shared a login'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "block" -d 'Block an account and end its sessions'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "unblock" -d 'Unblock an account (a senior)'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "shared" -d 'Logins that look as if several people use them'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "history" -d 'What was done to one account, newest first'
complete -c balie -n "__fish_balie_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -f -a "list" -d 'Every region, or the page of their desks\' addresses'
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -f -a "show" -d 'One region'
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -f -a "add" -d 'Register a region, with the address of its desk'
complete -c balie -n "__fish_balie_using_subcommand region; and not __fish_seen_subcommand_from list show add help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from list" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from list" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from list" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from list" -l html -d 'Write a page for directors to this file: each desk\'s address, and a link that opens a mail to it' -r -F
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from list" -l language -d 'The language of that page: nl or en (default: yours, else the desk\'s)' -r
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from list" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from show" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from show" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from show" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from show" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from add" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from add" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from add" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from add" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from add" -l name -d 'What it\'s called' -r
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from add" -l address -d 'Where its desk gets its mail' -r
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from add" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from help" -f -a "list" -d 'Every region, or the page of their desks\' addresses'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from help" -f -a "show" -d 'One region'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from help" -f -a "add" -d 'Register a region, with the address of its desk'
complete -c balie -n "__fish_balie_using_subcommand region; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -f -a "list" -d 'Every organisation, or those of a region'
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -f -a "show" -d 'One organisation, with its mail domains and requesters'
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -f -a "add" -d 'Register a consortium, a board or a school'
complete -c balie -n "__fish_balie_using_subcommand org; and not __fish_seen_subcommand_from list show add help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from list" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from list" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from list" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from list" -l region -d 'Only of this region' -r
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from list" -l limit -d 'How many at most' -r
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from list" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from show" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from show" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from show" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from show" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -l kind -d 'consortium, board, school or other' -r
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -l name -d 'What it\'s called' -r
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -l region -d 'Its region\'s code' -r
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -l parent -d 'The code of the organisation above it' -r
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -l domain -d 'A mail domain of its own; once for each' -r
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "list" -d 'Every organisation, or those of a region'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "show" -d 'One organisation, with its mail domains and requesters'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "add" -d 'Register a consortium, a board or a school'
complete -c balie -n "__fish_balie_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -f -a "list" -d 'Every requester, those of an organisation, or those due for review'
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -f -a "show" -d 'What is on file under one work address'
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -f -a "add" -d 'Register somebody who may ask for a reset'
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -f -a "end" -d 'From now on this address may no longer ask'
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -f -a "review" -d 'Record that what is on file was reviewed and is right'
complete -c balie -n "__fish_balie_using_subcommand requester; and not __fish_seen_subcommand_from list show add end review help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -l org -d 'Only of this organisation' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -l limit -d 'How many at most' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -l due -d 'Only those who haven\'t been reviewed for a year'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from show" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from show" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from show" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from show" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -l name -d 'The name' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -l capacity -d 'director, `board_member` or supervisor' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -l org -d 'The organisation\'s code' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -l from -d 'The first day' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -l until -d 'The last day: for somebody who acts temporarily' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from end" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from end" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from end" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from end" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from end" -l org -d 'Only for this organisation' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from end" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from end" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from end" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from end" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from end" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from end" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from end" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from review" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from review" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from review" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from review" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from review" -l org -d 'Only for this organisation' -r
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from review" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from review" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from review" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from review" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from review" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from review" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from review" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from help" -f -a "list" -d 'Every requester, those of an organisation, or those due for review'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from help" -f -a "show" -d 'What is on file under one work address'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from help" -f -a "add" -d 'Register somebody who may ask for a reset'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from help" -f -a "end" -d 'From now on this address may no longer ask'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from help" -f -a "review" -d 'Record that what is on file was reviewed and is right'
complete -c balie -n "__fish_balie_using_subcommand requester; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -f -a "receive" -d 'Receive a mail, check it, and give the verdict'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -f -a "list" -d 'The requests: those that wait first, the oldest at the top'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -f -a "show" -d 'One request: who asks, for whom, and why the verdict is what it is'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -f -a "approve" -d 'Approve what it asks for, as a second operator'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -f -a "assign" -d 'Say which accounts a request is for'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -f -a "challenge" -d 'Mail a code to the requester\'s address on file'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -f -a "confirm" -d 'Check the code that the requester gives back'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -f -a "reject" -d 'Reject a request, and tell the requester\'s address on file'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -f -a "close" -d 'Close what isn\'t a request (a thank-you, junk, the same mail again): nobody is mailed'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -f -a "reverify" -d 'Run the checks again from the record, and settle what DNS left open'
complete -c balie -n "__fish_balie_using_subcommand request; and not __fish_seen_subcommand_from receive list show approve assign challenge confirm reject close reverify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from receive" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from receive" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from receive" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from receive" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from receive" -l account -d 'An account that it is for; once for each' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from receive" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from receive" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from receive" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from receive" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from receive" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from receive" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from receive" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -l status -d 'Only those with this status' -r -f -a "ready\t'It\'s verified: use it'
waiting\t'A code decides'
used\t'All of it is done'
rejected\t'Nobody can be reset on it'
closed\t'It isn\'t a request'
expired\t'It came in too long ago'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -l region -d 'Only those of this region' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -l requester -d 'Only those from this address' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -l older -d 'Only those that came in at least so long ago, such as 30m, 2h or 1d' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -l limit -d 'How many at most' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -l waiting -d 'Only those that wait, for the desk or for their requester'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -l mine -d 'Only those that you have open'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from show" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from show" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from show" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from show" -l eml -d 'Write the mail as it came in to this file (- for standard output) instead' -r -F
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from show" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -l account -d 'Only this account of it; once for each' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -l for -d 'What for' -r -f -a "reset\t''
reissue\t''"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from approve" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -l drop -d 'An account that it isn\'t for; once for each' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -l suggest -d 'Show the accounts that the mail seems to speak of, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from assign" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from challenge" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from challenge" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from challenge" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from challenge" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from challenge" -l plan -d 'For the accounts of this plan, which the mail counts by school' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from challenge" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from challenge" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from challenge" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from challenge" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from challenge" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from challenge" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from challenge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from challenge" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from confirm" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from confirm" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from confirm" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from confirm" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from confirm" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from confirm" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from confirm" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from confirm" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from confirm" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from confirm" -l code-stdin -d 'Read the code from standard input'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from confirm" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from confirm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from confirm" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reject" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reject" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reject" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reject" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reject" -l reason -d 'Why; the requester reads it' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reject" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reject" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reject" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reject" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reject" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reject" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reject" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reject" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from close" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from close" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from close" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from close" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from close" -l reason -d 'Why; colleagues and auditors read it, and nobody else' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from close" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from close" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from close" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from close" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from close" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from close" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from close" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from close" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reverify" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reverify" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reverify" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reverify" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reverify" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reverify" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reverify" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reverify" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reverify" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reverify" -l offline -d 'Never ask DNS'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reverify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from reverify" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "receive" -d 'Receive a mail, check it, and give the verdict'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "list" -d 'The requests: those that wait first, the oldest at the top'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "show" -d 'One request: who asks, for whom, and why the verdict is what it is'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "approve" -d 'Approve what it asks for, as a second operator'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "assign" -d 'Say which accounts a request is for'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "challenge" -d 'Mail a code to the requester\'s address on file'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "confirm" -d 'Check the code that the requester gives back'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "reject" -d 'Reject a request, and tell the requester\'s address on file'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "close" -d 'Close what isn\'t a request (a thank-you, junk, the same mail again): nobody is mailed'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "reverify" -d 'Run the checks again from the record, and settle what DNS left open'
complete -c balie -n "__fish_balie_using_subcommand request; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -f -a "fetch" -d 'Take new requests from the desk\'s mailbox'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -f -a "quarantine" -d 'Messages that couldn\'t be taken, and why'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and not __fish_seen_subcommand_from fetch quarantine help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from fetch" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from fetch" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from fetch" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from fetch" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from fetch" -l maildir -d 'A Maildir instead' -r -F
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from fetch" -l mbox -d 'An mbox instead' -r -F
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from fetch" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from fetch" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from fetch" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from fetch" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from fetch" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from fetch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from fetch" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from quarantine" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from quarantine" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from quarantine" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from quarantine" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from quarantine" -l eml -d 'Write it as it came in to this file (- for standard output)' -r -F
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from quarantine" -l limit -d 'How many at most' -r
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from quarantine" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from quarantine" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from quarantine" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from quarantine" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from quarantine" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from quarantine" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from quarantine" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from help" -f -a "fetch" -d 'Take new requests from the desk\'s mailbox'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from help" -f -a "quarantine" -d 'Messages that couldn\'t be taken, and why'
complete -c balie -n "__fish_balie_using_subcommand mailbox; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand reset" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand reset" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand reset" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand reset" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand reset" -l request -d 'The verified request that asks for it' -r
complete -c balie -n "__fish_balie_using_subcommand reset" -l reason -d 'Why: lost-phone, new-phone, wrong-phone (the holder is also told to have the colleague remove the entry), codes-refused or other. With --break-glass: who asked, how you know who it was, and why it can\'t wait for a mail' -r
complete -c balie -n "__fish_balie_using_subcommand reset" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand reset" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand reset" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand reset" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand reset" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand reset" -l break-glass -d 'There is no request, and it can\'t wait: start a case that a senior completes'
complete -c balie -n "__fish_balie_using_subcommand reset" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand reset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand reset" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand recovery; and not __fish_seen_subcommand_from reissue help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand recovery; and not __fish_seen_subcommand_from reissue help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand recovery; and not __fish_seen_subcommand_from reissue help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand recovery; and not __fish_seen_subcommand_from reissue help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand recovery; and not __fish_seen_subcommand_from reissue help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand recovery; and not __fish_seen_subcommand_from reissue help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand recovery; and not __fish_seen_subcommand_from reissue help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand recovery; and not __fish_seen_subcommand_from reissue help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand recovery; and not __fish_seen_subcommand_from reissue help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand recovery; and not __fish_seen_subcommand_from reissue help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand recovery; and not __fish_seen_subcommand_from reissue help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand recovery; and not __fish_seen_subcommand_from reissue help" -f -a "reissue" -d 'Issue a fresh recovery code on a verified request; it goes to the holder'
complete -c balie -n "__fish_balie_using_subcommand recovery; and not __fish_seen_subcommand_from reissue help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -l request -d 'The verified request that asks for it' -r
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -l deliver -d 'By which road it goes to the holder' -r -f -a "mail\t''
letter\t''
sealed\t''
screen\t''"
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -l out -d 'The file to write, for letter and sealed; an existing one is never overwritten' -r -F
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -l to -d 'The holder\'s age recipient, for sealed' -r
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -l read-aloud -d 'Show it in words of the spelling alphabet as well, for screen'
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from reissue" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from help" -f -a "reissue" -d 'Issue a fresh recovery code on a verified request; it goes to the holder'
complete -c balie -n "__fish_balie_using_subcommand recovery; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand undo" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand undo" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand undo" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand undo" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand undo" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand undo" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand undo" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand undo" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand undo" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand undo" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand undo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand undo" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand pending" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand pending" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand pending" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand pending" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand pending" -l reopen -d 'Open this account\'s enrollment window again' -r
complete -c balie -n "__fish_balie_using_subcommand pending" -l limit -d 'How many at most' -r
complete -c balie -n "__fish_balie_using_subcommand pending" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand pending" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand pending" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand pending" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand pending" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand pending" -l all -d 'Also those who never had a second factor'
complete -c balie -n "__fish_balie_using_subcommand pending" -l remind -d 'Queue the reminder mails that are due'
complete -c balie -n "__fish_balie_using_subcommand pending" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand pending" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand pending" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -f -a "plan" -d 'Make a plan from a list: every account is checked now, none is touched'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -f -a "list" -d 'The newest plans'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -f -a "show" -d 'A plan, and what became of each row'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -f -a "approve" -d 'Approve a plan, as a second operator'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -f -a "apply" -d 'Carry out a plan, from where the last run ended'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -f -a "cancel" -d 'Cancel a plan; what was done stands'
complete -c balie -n "__fish_balie_using_subcommand bulk; and not __fish_seen_subcommand_from plan list show approve apply cancel help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -l request -d 'The verified request that asks for it' -r
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -l deliver -d 'How recovery codes are delivered (default: mail)' -r -f -a "mail\t''
letter\t''
sealed\t''"
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -l to -d 'The age recipient that they\'re encrypted to, for sealed' -r
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from plan" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from list" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from list" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from list" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from list" -l limit -d 'How many at most' -r
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from list" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from show" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from show" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from show" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from show" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from show" -l failed -d 'Only the rows that weren\'t done and won\'t be'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from approve" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from approve" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from approve" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from approve" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from approve" -l hash -d 'Only if this is the plan\'s hash' -r
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from approve" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from approve" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from approve" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from approve" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from approve" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from approve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from approve" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -l hash -d 'Only if this is the plan\'s hash' -r
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -l out -d 'The folder for recovery codes that go out as letters or sealed' -r -F
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from apply" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from cancel" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from cancel" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from cancel" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from cancel" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from cancel" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from cancel" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from cancel" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from cancel" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from cancel" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from cancel" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from help" -f -a "plan" -d 'Make a plan from a list: every account is checked now, none is touched'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from help" -f -a "list" -d 'The newest plans'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from help" -f -a "show" -d 'A plan, and what became of each row'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from help" -f -a "approve" -d 'Approve a plan, as a second operator'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from help" -f -a "apply" -d 'Carry out a plan, from where the last run ended'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from help" -f -a "cancel" -d 'Cancel a plan; what was done stands'
complete -c balie -n "__fish_balie_using_subcommand bulk; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -f -a "list" -d 'The newest cases'
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -f -a "show" -d 'One case: who started it, and why'
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -f -a "complete" -d 'Reset, as the second operator'
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -f -a "cancel" -d 'Cancel it'
complete -c balie -n "__fish_balie_using_subcommand case; and not __fish_seen_subcommand_from list show complete cancel help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from list" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from list" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from list" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from list" -l limit -d 'How many at most' -r
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from list" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from show" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from show" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from show" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from show" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from complete" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from complete" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from complete" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from complete" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from complete" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from complete" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from complete" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from complete" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from complete" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from complete" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from complete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from complete" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from cancel" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from cancel" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from cancel" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from cancel" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from cancel" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from cancel" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from cancel" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from cancel" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from cancel" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from cancel" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "list" -d 'The newest cases'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "show" -d 'One case: who started it, and why'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "complete" -d 'Reset, as the second operator'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "cancel" -d 'Cancel it'
complete -c balie -n "__fish_balie_using_subcommand case; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -f -a "show" -d 'Print the receipt of a reset again'
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -f -a "verify" -d 'Check a receipt against the desk\'s public key, offline'
complete -c balie -n "__fish_balie_using_subcommand receipt; and not __fish_seen_subcommand_from show verify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from show" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from show" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from show" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from show" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l key -d 'The desk\'s public key (default: desk.pub beside the key file)' -r -F
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from verify" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from verify" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from verify" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print the receipt of a reset again'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check a receipt against the desk\'s public key, offline'
complete -c balie -n "__fish_balie_using_subcommand receipt; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -f -a "enrollments" -d 'Count who has 2FA and who doesn\'t, and list what deserves a second look'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -f -a "mail" -d 'Count how mails came out by board and mail domain, and what is missing'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -f -a "log" -d 'The newest events, or new ones as they come'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -f -a "verify" -d 'Check that no event was changed, inserted or removed'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -f -a "checkpoint" -d 'Verify the log, then sign its size and root, to be kept outside the database'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -f -a "export" -d 'Copy the log, one event a line, oldest first'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -f -a "prune" -d 'Erase personal details that have been kept long enough; the log still verifies'
complete -c balie -n "__fish_balie_using_subcommand audit; and not __fish_seen_subcommand_from enrollments mail log verify checkpoint export prune help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -l by -d 'What to count by: region, organisation or role' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -l region -d 'Only accounts with a role in this region (may be given more than once)' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -l finding -d 'List who this finding is about' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -l limit -d 'How many of them at most' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -l html -d 'Write a page that can be read and printed without balie to this file' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -l language -d 'The language of that page: nl or en (default: the config\'s)' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from enrollments" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -l since -d 'Only from then on: 2026-10-01, 2026-10-01T08:00:00Z, or 30m, 24h, 7d ago' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -l until -d 'Only before then, or to the end of that day' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -l org -d 'Only mails of requesters of this organisation, or below it' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -l region -d 'Only mails of requesters in this region' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from mail" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l operator -d 'Only what this operator did' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l action -d 'Only this action, such as reset' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l account -d 'Only what was done to this account' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l request -d 'Only what was done for this request' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l since -d 'Only from then on: 2026-10-01, 2026-10-01T08:00:00Z, or 30m, 24h, 7d ago' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l until -d 'Only before then, or to the end of that day' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l limit -d 'How many at most' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -l follow -d 'Keep showing events as they come, oldest first'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from log" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -l checkpoint -d 'Compare the log with this checkpoint (may be given more than once)' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -l receipt -d 'Compare the receipts in this file, such as a copy of tickets, with the log (may be given more than once)' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -l key -d 'The desk\'s public key (default: desk.pub beside the key file)' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -l state -d 'Compare every row of the desk with the events that left it'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from verify" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l out -d 'Write it to this file, replacing an earlier one that the log continues from' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l operator -d 'Only what this operator did' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l action -d 'Only this action, such as reset' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l account -d 'Only what was done to this account' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l request -d 'Only what was done for this request' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l since -d 'Only from then on: 2026-10-01, 2026-10-01T08:00:00Z, or 30m, 24h, 7d ago' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l until -d 'Only before then, or to the end of that day' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l as -d 'How a line is written' -r -f -a "ndjson\t'Every field, with all that the chain is computed from'
ocsf\t'OCSF 1.3, one JSON object a line'
cef\t'CEF 0'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l out -d 'Write it to this new file, readable by you only' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from export" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from prune" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from prune" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from prune" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from prune" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from prune" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from prune" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from prune" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from prune" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "enrollments" -d 'Count who has 2FA and who doesn\'t, and list what deserves a second look'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "mail" -d 'Count how mails came out by board and mail domain, and what is missing'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "log" -d 'The newest events, or new ones as they come'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check that no event was changed, inserted or removed'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "checkpoint" -d 'Verify the log, then sign its size and root, to be kept outside the database'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "export" -d 'Copy the log, one event a line, oldest first'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Erase personal details that have been kept long enough; the log still verifies'
complete -c balie -n "__fish_balie_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand answer" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand answer" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand answer" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand answer" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand answer" -l region -d 'Whose address to name' -r
complete -c balie -n "__fish_balie_using_subcommand answer" -l language -d 'In which language: nl or en (default: yours, else the desk\'s)' -r
complete -c balie -n "__fish_balie_using_subcommand answer" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand answer" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand answer" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand answer" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand answer" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand answer" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand answer" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand completions" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand completions" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand completions" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand completions" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand completions" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand completions" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand completions" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand completions" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand completions" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand completions" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand man" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand man" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand man" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand man" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand man" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand man" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand man" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand man" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand man" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand man" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand schema" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand schema" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand schema" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand schema" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand schema" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand schema" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand schema" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand schema" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand schema" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand schema" -l row -d 'The schema of a line of `--format ndjson` instead'
complete -c balie -n "__fish_balie_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand schema" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand service; and not __fish_seen_subcommand_from add help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand service; and not __fish_seen_subcommand_from add help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand service; and not __fish_seen_subcommand_from add help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand service; and not __fish_seen_subcommand_from add help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand service; and not __fish_seen_subcommand_from add help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand service; and not __fish_seen_subcommand_from add help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand service; and not __fish_seen_subcommand_from add help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand service; and not __fish_seen_subcommand_from add help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand service; and not __fish_seen_subcommand_from add help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand service; and not __fish_seen_subcommand_from add help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand service; and not __fish_seen_subcommand_from add help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand service; and not __fish_seen_subcommand_from add help" -f -a "add" -d 'An account for a timer, with a token for just that job'
complete -c balie -n "__fish_balie_using_subcommand service; and not __fish_seen_subcommand_from add help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -l job -d 'What it does' -r -f -a "fetch\t''
send\t''
remind\t''
prune\t''
checkpoint\t''
import\t''
export\t''
doctor\t''"
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -l expires -d 'For how long its token works, such as 90d; a year at most' -r
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -l out -d 'Write the token to this new file, rather than showing it' -r -F
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from help" -f -a "add" -d 'An account for a timer, with a token for just that job'
complete -c balie -n "__fish_balie_using_subcommand service; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -f -a "list" -d 'Every setting: what holds, and who set it when'
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -f -a "set" -d 'Change one'
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -f -a "import" -d 'Take the desk\'s half of a config file over'
complete -c balie -n "__fish_balie_using_subcommand settings; and not __fish_seen_subcommand_from list set import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from list" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from list" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from list" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from list" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from set" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from set" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from set" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from set" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from set" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from set" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from set" -l default -d 'Back to the default'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from import" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from import" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from import" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from import" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from import" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from import" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from import" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from help" -f -a "list" -d 'Every setting: what holds, and who set it when'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from help" -f -a "set" -d 'Change one'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take the desk\'s half of a config file over'
complete -c balie -n "__fish_balie_using_subcommand settings; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -f -a "status" -d 'Which sealing keys there are, and what is sealed under each'
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -f -a "rotate" -d 'Make a new sealing key and seal everything under it, while others work'
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -f -a "split" -d 'Write a key file for a machine that resets but can\'t open any account\'s secret'
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -f -a "retire" -d 'Remove an old key from the key file, once nothing is sealed under it'
complete -c balie -n "__fish_balie_using_subcommand key; and not __fish_seen_subcommand_from status rotate split retire help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from status" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from status" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from status" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from status" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from status" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from status" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from status" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from status" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from rotate" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from rotate" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from rotate" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from rotate" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from rotate" -l out -d 'Write the new keys to this file, if the keys come from a command' -r -F
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from rotate" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from rotate" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from rotate" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from rotate" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from split" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from split" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from split" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from split" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from split" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from split" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from split" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from split" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from split" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from split" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from split" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from retire" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from retire" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from retire" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from retire" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from retire" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from retire" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from retire" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from retire" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from retire" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from retire" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from retire" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "status" -d 'Which sealing keys there are, and what is sealed under each'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "rotate" -d 'Make a new sealing key and seal everything under it, while others work'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "split" -d 'Write a key file for a machine that resets but can\'t open any account\'s secret'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "retire" -d 'Remove an old key from the key file, once nothing is sealed under it'
complete -c balie -n "__fish_balie_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -f -a "list" -d 'The newest mails, sent or not'
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -f -a "show" -d 'One mail, as its reader gets it; a code that it carries isn\'t shown'
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -f -a "send" -d 'Send what is due, over the server of `[smtp] url`'
complete -c balie -n "__fish_balie_using_subcommand outbox; and not __fish_seen_subcommand_from list show send help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from list" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from list" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from list" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from list" -l limit -d 'How many at most' -r
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from list" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from list" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from show" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from show" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from show" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from show" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from show" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from send" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from send" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from send" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from send" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from send" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from send" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from send" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from send" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from send" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from send" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from send" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from help" -f -a "list" -d 'The newest mails, sent or not'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from help" -f -a "show" -d 'One mail, as its reader gets it; a code that it carries isn\'t shown'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from help" -f -a "send" -d 'Send what is due, over the server of `[smtp] url`'
complete -c balie -n "__fish_balie_using_subcommand outbox; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -f -a "begin" -d 'Begin an enrollment, while the holder is present to scan the QR code with their own phone'
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -f -a "confirm" -d 'Activate it with a code from the app; the recovery code is shown, only this once'
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -f -a "import" -d 'Import enrollments from a CSV of otpauth URIs: all or nothing, each sealed at once'
complete -c balie -n "__fish_balie_using_subcommand enroll; and not __fish_seen_subcommand_from begin confirm import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -l qr -d 'Write the QR code to a new file (.png or .svg) that only you can read' -r -F
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -l uri -d 'Write the otpauth URI to a new file that only you can read; `-` is standard output' -r -F
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from begin" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from confirm" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from confirm" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from confirm" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from confirm" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from confirm" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from confirm" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from confirm" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from confirm" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from confirm" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from confirm" -l code-stdin -d 'Read the code from standard input'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from confirm" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from confirm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from confirm" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from import" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from import" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from import" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from import" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from import" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from import" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from import" -l allow-short -d 'Take secrets under 128 bits over too'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from import" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from help" -f -a "begin" -d 'Begin an enrollment, while the holder is present to scan the QR code with their own phone'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from help" -f -a "confirm" -d 'Activate it with a code from the app; the recovery code is shown, only this once'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from help" -f -a "import" -d 'Import enrollments from a CSV of otpauth URIs: all or nothing, each sealed at once'
complete -c balie -n "__fish_balie_using_subcommand enroll; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -f -a "check" -d '"My code isn\'t accepted": say why, from a code that the caller reads aloud'
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -f -a "unlock" -d 'Unlock a second factor that ten wrong codes in a row locked'
complete -c balie -n "__fish_balie_using_subcommand totp; and not __fish_seen_subcommand_from check unlock help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from check" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from check" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from check" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from check" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from check" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from check" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from check" -l code-stdin -d 'Read the code from standard input; a second line is the next code'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from check" -l whose-code -d 'Also look among colleagues of the same school and region'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from unlock" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from unlock" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from unlock" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from unlock" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from unlock" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from unlock" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from unlock" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from unlock" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from unlock" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from unlock" -l take-over -d 'Take over what a colleague has open; the log says so'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from unlock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from unlock" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from help" -f -a "check" -d '"My code isn\'t accepted": say why, from a code that the caller reads aloud'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from help" -f -a "unlock" -d 'Unlock a second factor that ten wrong codes in a row locked'
complete -c balie -n "__fish_balie_using_subcommand totp; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -f -a "login" -d 'Decide a login, exactly as the login screen would: the reference for portals'
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -f -a "password" -d 'Set the password of an account that has none, or replace the old one'
complete -c balie -n "__fish_balie_using_subcommand portal; and not __fish_seen_subcommand_from login password help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -l password-file -d 'Read the password from a file' -r -F
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -l password-stdin -d 'Read the password from standard input'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -l code-stdin -d 'Read the code from standard input'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -l explain -d 'Tell the operator which part was wrong'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from login" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -l password-stdin -d 'Read the new password from standard input'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -l hash-stdin -d 'Read an Argon2id hash (PHC string) from standard input'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -l old-password-stdin -d 'Read the old password from standard input first'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from password" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from help" -f -a "login" -d 'Decide a login, exactly as the login screen would: the reference for portals'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from help" -f -a "password" -d 'Set the password of an account that has none, or replace the old one'
complete -c balie -n "__fish_balie_using_subcommand portal; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand directory; and not __fish_seen_subcommand_from import help" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand directory; and not __fish_seen_subcommand_from import help" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand directory; and not __fish_seen_subcommand_from import help" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand directory; and not __fish_seen_subcommand_from import help" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand directory; and not __fish_seen_subcommand_from import help" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand directory; and not __fish_seen_subcommand_from import help" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand directory; and not __fish_seen_subcommand_from import help" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand directory; and not __fish_seen_subcommand_from import help" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand directory; and not __fish_seen_subcommand_from import help" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand directory; and not __fish_seen_subcommand_from import help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand directory; and not __fish_seen_subcommand_from import help" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand directory; and not __fish_seen_subcommand_from import help" -f -a "import" -d 'Import regions.csv, organisations.csv, accounts.csv and requesters.csv: all or nothing'
complete -c balie -n "__fish_balie_using_subcommand directory; and not __fish_seen_subcommand_from import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand directory; and __fish_seen_subcommand_from import" -l config -d 'The config file' -r -F
complete -c balie -n "__fish_balie_using_subcommand directory; and __fish_seen_subcommand_from import" -l database -d 'The database: a file, sqlite:FILE or postgres://…' -r
complete -c balie -n "__fish_balie_using_subcommand directory; and __fish_seen_subcommand_from import" -l format -d 'How data is written' -r -f -a "table\t'For people'
json\t'One document'
ndjson\t'One object a line'
csv\t'For spreadsheets, with formulas defused'"
complete -c balie -n "__fish_balie_using_subcommand directory; and __fish_seen_subcommand_from import" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c balie -n "__fish_balie_using_subcommand directory; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask: fail, and name the flag to pass (this isn\'t a yes)'
complete -c balie -n "__fish_balie_using_subcommand directory; and __fish_seen_subcommand_from import" -l yes -d 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
complete -c balie -n "__fish_balie_using_subcommand directory; and __fish_seen_subcommand_from import" -s n -l dry-run -d 'Show what would be done, and change nothing'
complete -c balie -n "__fish_balie_using_subcommand directory; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Say less'
complete -c balie -n "__fish_balie_using_subcommand directory; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say more (twice: even more)'
complete -c balie -n "__fish_balie_using_subcommand directory; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c balie -n "__fish_balie_using_subcommand directory; and __fish_seen_subcommand_from import" -s V -l version -d 'Print version'
complete -c balie -n "__fish_balie_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "import" -d 'Import regions.csv, organisations.csv, accounts.csv and requesters.csv: all or nothing'
complete -c balie -n "__fish_balie_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "demo" -d 'See it all in a minute: a desk\'s morning on this machine alone'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "desk" -d 'Guided work at a terminal: the queue of requests, one case at a time'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "init" -d 'Make the database, the keys, the config and the first operator'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "doctor" -d 'Check database, keys, clock, DNS and mail servers; each line says how to fix it'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "login" -d 'Log in with password and code'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "logout" -d 'End your session'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "whoami" -d 'Who is at work, and until when'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "operator" -d 'Who works here, as what, and where'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "find" -d 'Search accounts (short for `account find`)'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "account" -d 'Accounts: who, where, and the state of the second factor'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "region" -d 'Regions and the addresses of their desks'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "org" -d 'Consortia, boards and schools'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "requester" -d 'Who may ask for a reset'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "request" -d 'Requests: mails from directors, board members and supervisors'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "mailbox" -d 'The desk\'s mailbox: take new requests from it'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "reset" -d 'Reset 2FA of accounts, on a verified request'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "recovery" -d 'Recovery codes: a fresh one, on a verified request'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "undo" -d 'Undo the reset of a wrong account, as another operator'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "pending" -d 'Who was reset and hasn\'t enrolled again: time left, remind, reopen the window'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "bulk" -d 'Many accounts at once: plan a list, review it, carry it out'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "case" -d 'Break-glass: resets without a request, by two operators'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "receipt" -d 'Receipts of resets'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "audit" -d 'The log: read it, verify it'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "answer" -d 'The FAQ\'s answer to read out or mail, with the region\'s address filled in'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "completions" -d 'Print a shell\'s completions'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "man" -d 'Write the man pages to a folder'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "schema" -d 'What the documents of `--format json` look like: their JSON Schemas'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "service" -d 'Services: accounts for timers, each with a token for one job'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "settings" -d 'The desk\'s own rules and servers: show and change them'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "key" -d 'Sealing keys: what is sealed under which, and a new one'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "outbox" -d 'Mails to holders and requesters'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "enroll" -d 'Authenticators: bind one while its holder is present, or import them from another system'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "totp" -d '"My code isn\'t accepted": say why, and unlock'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "portal" -d 'What the login screen decides: the reference for portals'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "directory" -d 'Import who is who from CSV files'
complete -c balie -n "__fish_balie_using_subcommand help; and not __fish_seen_subcommand_from demo desk init doctor login logout whoami operator find account region org requester request mailbox reset recovery undo pending bulk case receipt audit answer completions man schema service settings key outbox enroll totp portal directory help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from operator" -f -a "add" -d 'Register an operator, with an initial password'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from operator" -f -a "list" -d 'Every operator'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from operator" -f -a "show" -d 'One operator'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from operator" -f -a "disable" -d 'Disable an operator: their sessions end at once'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from operator" -f -a "enable" -d 'Let a disabled operator work again'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from operator" -f -a "role" -d 'Give an operator another role, other regions, a work address or a duty'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from operator" -f -a "reset-password" -d 'Give an operator an initial password, or choose your own'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from operator" -f -a "token" -d 'Tokens for scripts'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "find" -d 'Search accounts'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "show" -d 'One account: who, where, and the state of the second factor'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "add" -d 'Register an account: a new colleague\'s, or a personal one for somebody who shared a login'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "block" -d 'Block an account and end its sessions'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "unblock" -d 'Unblock an account (a senior)'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "shared" -d 'Logins that look as if several people use them'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "history" -d 'What was done to one account, newest first'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from region" -f -a "list" -d 'Every region, or the page of their desks\' addresses'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from region" -f -a "show" -d 'One region'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from region" -f -a "add" -d 'Register a region, with the address of its desk'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "list" -d 'Every organisation, or those of a region'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "show" -d 'One organisation, with its mail domains and requesters'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "add" -d 'Register a consortium, a board or a school'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from requester" -f -a "list" -d 'Every requester, those of an organisation, or those due for review'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from requester" -f -a "show" -d 'What is on file under one work address'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from requester" -f -a "add" -d 'Register somebody who may ask for a reset'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from requester" -f -a "end" -d 'From now on this address may no longer ask'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from requester" -f -a "review" -d 'Record that what is on file was reviewed and is right'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "receive" -d 'Receive a mail, check it, and give the verdict'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "list" -d 'The requests: those that wait first, the oldest at the top'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "show" -d 'One request: who asks, for whom, and why the verdict is what it is'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "approve" -d 'Approve what it asks for, as a second operator'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "assign" -d 'Say which accounts a request is for'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "challenge" -d 'Mail a code to the requester\'s address on file'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "confirm" -d 'Check the code that the requester gives back'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "reject" -d 'Reject a request, and tell the requester\'s address on file'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "close" -d 'Close what isn\'t a request (a thank-you, junk, the same mail again): nobody is mailed'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from request" -f -a "reverify" -d 'Run the checks again from the record, and settle what DNS left open'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from mailbox" -f -a "fetch" -d 'Take new requests from the desk\'s mailbox'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from mailbox" -f -a "quarantine" -d 'Messages that couldn\'t be taken, and why'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from recovery" -f -a "reissue" -d 'Issue a fresh recovery code on a verified request; it goes to the holder'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from bulk" -f -a "plan" -d 'Make a plan from a list: every account is checked now, none is touched'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from bulk" -f -a "list" -d 'The newest plans'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from bulk" -f -a "show" -d 'A plan, and what became of each row'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from bulk" -f -a "approve" -d 'Approve a plan, as a second operator'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from bulk" -f -a "apply" -d 'Carry out a plan, from where the last run ended'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from bulk" -f -a "cancel" -d 'Cancel a plan; what was done stands'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "list" -d 'The newest cases'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "show" -d 'One case: who started it, and why'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "complete" -d 'Reset, as the second operator'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from case" -f -a "cancel" -d 'Cancel it'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from receipt" -f -a "show" -d 'Print the receipt of a reset again'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from receipt" -f -a "verify" -d 'Check a receipt against the desk\'s public key, offline'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "enrollments" -d 'Count who has 2FA and who doesn\'t, and list what deserves a second look'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "mail" -d 'Count how mails came out by board and mail domain, and what is missing'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "log" -d 'The newest events, or new ones as they come'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Check that no event was changed, inserted or removed'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "checkpoint" -d 'Verify the log, then sign its size and root, to be kept outside the database'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "export" -d 'Copy the log, one event a line, oldest first'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "prune" -d 'Erase personal details that have been kept long enough; the log still verifies'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from service" -f -a "add" -d 'An account for a timer, with a token for just that job'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from settings" -f -a "list" -d 'Every setting: what holds, and who set it when'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from settings" -f -a "set" -d 'Change one'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from settings" -f -a "import" -d 'Take the desk\'s half of a config file over'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "status" -d 'Which sealing keys there are, and what is sealed under each'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "rotate" -d 'Make a new sealing key and seal everything under it, while others work'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "split" -d 'Write a key file for a machine that resets but can\'t open any account\'s secret'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "retire" -d 'Remove an old key from the key file, once nothing is sealed under it'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from outbox" -f -a "list" -d 'The newest mails, sent or not'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from outbox" -f -a "show" -d 'One mail, as its reader gets it; a code that it carries isn\'t shown'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from outbox" -f -a "send" -d 'Send what is due, over the server of `[smtp] url`'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from enroll" -f -a "begin" -d 'Begin an enrollment, while the holder is present to scan the QR code with their own phone'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from enroll" -f -a "confirm" -d 'Activate it with a code from the app; the recovery code is shown, only this once'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from enroll" -f -a "import" -d 'Import enrollments from a CSV of otpauth URIs: all or nothing, each sealed at once'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from totp" -f -a "check" -d '"My code isn\'t accepted": say why, from a code that the caller reads aloud'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from totp" -f -a "unlock" -d 'Unlock a second factor that ten wrong codes in a row locked'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from portal" -f -a "login" -d 'Decide a login, exactly as the login screen would: the reference for portals'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from portal" -f -a "password" -d 'Set the password of an account that has none, or replace the old one'
complete -c balie -n "__fish_balie_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "import" -d 'Import regions.csv, organisations.csv, accounts.csv and requesters.csv: all or nothing'
