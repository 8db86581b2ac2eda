
use builtin;
use str;

set edit:completion:arg-completer[balie] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'balie'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'balie'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand demo 'See it all in a minute: a desk''s morning on this machine alone'
            cand desk 'Guided work at a terminal: the queue of requests, one case at a time'
            cand init 'Make the database, the keys, the config and the first operator'
            cand doctor 'Check database, keys, clock, DNS and mail servers; each line says how to fix it'
            cand login 'Log in with password and code'
            cand logout 'End your session'
            cand whoami 'Who is at work, and until when'
            cand operator 'Who works here, as what, and where'
            cand find 'Search accounts (short for `account find`)'
            cand account 'Accounts: who, where, and the state of the second factor'
            cand region 'Regions and the addresses of their desks'
            cand org 'Consortia, boards and schools'
            cand requester 'Who may ask for a reset'
            cand request 'Requests: mails from directors, board members and supervisors'
            cand mailbox 'The desk''s mailbox: take new requests from it'
            cand reset 'Reset 2FA of accounts, on a verified request'
            cand recovery 'Recovery codes: a fresh one, on a verified request'
            cand undo 'Undo the reset of a wrong account, as another operator'
            cand pending 'Who was reset and hasn''t enrolled again: time left, remind, reopen the window'
            cand bulk 'Many accounts at once: plan a list, review it, carry it out'
            cand case 'Break-glass: resets without a request, by two operators'
            cand receipt 'Receipts of resets'
            cand audit 'The log: read it, verify it'
            cand answer 'The FAQ''s answer to read out or mail, with the region''s address filled in'
            cand completions 'Print a shell''s completions'
            cand man 'Write the man pages to a folder'
            cand schema 'What the documents of `--format json` look like: their JSON Schemas'
            cand service 'Services: accounts for timers, each with a token for one job'
            cand settings 'The desk''s own rules and servers: show and change them'
            cand key 'Sealing keys: what is sealed under which, and a new one'
            cand outbox 'Mails to holders and requesters'
            cand enroll 'Authenticators: bind one while its holder is present, or import them from another system'
            cand totp '"My code isn''t accepted": say why, and unlock'
            cand portal 'What the login screen decides: the reference for portals'
            cand directory 'Import who is who from CSV files'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;demo'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --keep 'Keep the desk in this folder, new or empty'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;desk'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;init'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --key-file 'Where the key file is to be (default: beside the config)'
            cand --postgres-roles 'Instead: print or apply the grants under which operators'' logins to PostgreSQL work as the database''s owner'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;doctor'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;login'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --password-stdin 'Read the password from standard input: its first line'
            cand --new-password-stdin 'Read the password that replaces it from standard input: the next line'
            cand --code-stdin 'Read the code from standard input: the last line'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;logout'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --all 'End all your sessions, on every machine'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;whoami'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;operator'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand add 'Register an operator, with an initial password'
            cand list 'Every operator'
            cand show 'One operator'
            cand disable 'Disable an operator: their sessions end at once'
            cand enable 'Let a disabled operator work again'
            cand role 'Give an operator another role, other regions, a work address or a duty'
            cand reset-password 'Give an operator an initial password, or choose your own'
            cand token 'Tokens for scripts'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;operator;add'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --role 'operator, senior, auditor or admin'
            cand --region 'A region that the operator works in; once for each (operator and senior)'
            cand --work-email 'The operator''s own work address'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --password-stdin 'Read the initial password from standard input, rather than drawing one'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;operator;list'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;operator;show'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;operator;disable'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;operator;enable'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;operator;role'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --region 'A region that the operator works in; once for each (operator and senior)'
            cand --work-email 'The operator''s own work address: without one they can''t reset or approve'
            cand --duty 'totp: whoever needs a code checked is sent to this operator; none takes it away'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;operator;reset-password'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --old-password-file 'Read your old password from a file'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --old-password-stdin 'Read your old password from standard input first'
            cand --password-stdin 'Read the new password from standard input'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;operator;token'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand add 'Make a token for a script'
            cand list 'Tokens, newest first'
            cand accept 'Accept a token that a colleague made in your name'
            cand revoke 'Revoke a token'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;operator;token;add'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --scope 'What for: read, log, reset, bulk:reset, bulk:reissue, request:receive, mailbox:fetch or outbox:send; once for each'
            cand --region 'Only this region; once for each (default: the operator''s own)'
            cand --expires 'How long: 12h, 30d'
            cand --out 'Write it to this new file'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;operator;token;list'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;operator;token;accept'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;operator;token;revoke'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;operator;token;help'= {
            cand add 'Make a token for a script'
            cand list 'Tokens, newest first'
            cand accept 'Accept a token that a colleague made in your name'
            cand revoke 'Revoke a token'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;operator;token;help;add'= {
        }
        &'balie;operator;token;help;list'= {
        }
        &'balie;operator;token;help;accept'= {
        }
        &'balie;operator;token;help;revoke'= {
        }
        &'balie;operator;token;help;help'= {
        }
        &'balie;operator;help'= {
            cand add 'Register an operator, with an initial password'
            cand list 'Every operator'
            cand show 'One operator'
            cand disable 'Disable an operator: their sessions end at once'
            cand enable 'Let a disabled operator work again'
            cand role 'Give an operator another role, other regions, a work address or a duty'
            cand reset-password 'Give an operator an initial password, or choose your own'
            cand token 'Tokens for scripts'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;operator;help;add'= {
        }
        &'balie;operator;help;list'= {
        }
        &'balie;operator;help;show'= {
        }
        &'balie;operator;help;disable'= {
        }
        &'balie;operator;help;enable'= {
        }
        &'balie;operator;help;role'= {
        }
        &'balie;operator;help;reset-password'= {
        }
        &'balie;operator;help;token'= {
            cand add 'Make a token for a script'
            cand list 'Tokens, newest first'
            cand accept 'Accept a token that a colleague made in your name'
            cand revoke 'Revoke a token'
        }
        &'balie;operator;help;token;add'= {
        }
        &'balie;operator;help;token;list'= {
        }
        &'balie;operator;help;token;accept'= {
        }
        &'balie;operator;help;token;revoke'= {
        }
        &'balie;operator;help;help'= {
        }
        &'balie;find'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --limit 'How many at most'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;account'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand find 'Search accounts'
            cand show 'One account: who, where, and the state of the second factor'
            cand add 'Register an account: a new colleague''s, or a personal one for somebody who shared a login'
            cand block 'Block an account and end its sessions'
            cand unblock 'Unblock an account (a senior)'
            cand shared 'Logins that look as if several people use them'
            cand history 'What was done to one account, newest first'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;account;find'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --limit 'How many at most'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;account;show'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;account;add'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --name 'The holder''s name'
            cand --email 'The holder''s work address'
            cand --role 'A role at an organisation; may be given more than once'
            cand --language 'The language of mails: nl or en'
            cand --personal-for 'The shared login that this one takes the place of'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;account;block'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --reason 'Why, for the log'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;account;unblock'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --reason 'Why, for the log'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;account;shared'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --limit 'How many at most'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;account;history'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --limit 'How many at most'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;account;help'= {
            cand find 'Search accounts'
            cand show 'One account: who, where, and the state of the second factor'
            cand add 'Register an account: a new colleague''s, or a personal one for somebody who shared a login'
            cand block 'Block an account and end its sessions'
            cand unblock 'Unblock an account (a senior)'
            cand shared 'Logins that look as if several people use them'
            cand history 'What was done to one account, newest first'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;account;help;find'= {
        }
        &'balie;account;help;show'= {
        }
        &'balie;account;help;add'= {
        }
        &'balie;account;help;block'= {
        }
        &'balie;account;help;unblock'= {
        }
        &'balie;account;help;shared'= {
        }
        &'balie;account;help;history'= {
        }
        &'balie;account;help;help'= {
        }
        &'balie;region'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'Every region, or the page of their desks'' addresses'
            cand show 'One region'
            cand add 'Register a region, with the address of its desk'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;region;list'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --html 'Write a page for directors to this file: each desk''s address, and a link that opens a mail to it'
            cand --language 'The language of that page: nl or en (default: yours, else the desk''s)'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;region;show'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;region;add'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --name 'What it''s called'
            cand --address 'Where its desk gets its mail'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;region;help'= {
            cand list 'Every region, or the page of their desks'' addresses'
            cand show 'One region'
            cand add 'Register a region, with the address of its desk'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;region;help;list'= {
        }
        &'balie;region;help;show'= {
        }
        &'balie;region;help;add'= {
        }
        &'balie;region;help;help'= {
        }
        &'balie;org'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'Every organisation, or those of a region'
            cand show 'One organisation, with its mail domains and requesters'
            cand add 'Register a consortium, a board or a school'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;org;list'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --region 'Only of this region'
            cand --limit 'How many at most'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;org;show'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;org;add'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --kind 'consortium, board, school or other'
            cand --name 'What it''s called'
            cand --region 'Its region''s code'
            cand --parent 'The code of the organisation above it'
            cand --domain 'A mail domain of its own; once for each'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;org;help'= {
            cand list 'Every organisation, or those of a region'
            cand show 'One organisation, with its mail domains and requesters'
            cand add 'Register a consortium, a board or a school'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;org;help;list'= {
        }
        &'balie;org;help;show'= {
        }
        &'balie;org;help;add'= {
        }
        &'balie;org;help;help'= {
        }
        &'balie;requester'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'Every requester, those of an organisation, or those due for review'
            cand show 'What is on file under one work address'
            cand add 'Register somebody who may ask for a reset'
            cand end 'From now on this address may no longer ask'
            cand review 'Record that what is on file was reviewed and is right'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;requester;list'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --org 'Only of this organisation'
            cand --limit 'How many at most'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --due 'Only those who haven''t been reviewed for a year'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;requester;show'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;requester;add'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --name 'The name'
            cand --capacity 'director, `board_member` or supervisor'
            cand --org 'The organisation''s code'
            cand --from 'The first day'
            cand --until 'The last day: for somebody who acts temporarily'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;requester;end'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --org 'Only for this organisation'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;requester;review'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --org 'Only for this organisation'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;requester;help'= {
            cand list 'Every requester, those of an organisation, or those due for review'
            cand show 'What is on file under one work address'
            cand add 'Register somebody who may ask for a reset'
            cand end 'From now on this address may no longer ask'
            cand review 'Record that what is on file was reviewed and is right'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;requester;help;list'= {
        }
        &'balie;requester;help;show'= {
        }
        &'balie;requester;help;add'= {
        }
        &'balie;requester;help;end'= {
        }
        &'balie;requester;help;review'= {
        }
        &'balie;requester;help;help'= {
        }
        &'balie;request'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand receive 'Receive a mail, check it, and give the verdict'
            cand list 'The requests: those that wait first, the oldest at the top'
            cand show 'One request: who asks, for whom, and why the verdict is what it is'
            cand approve 'Approve what it asks for, as a second operator'
            cand assign 'Say which accounts a request is for'
            cand challenge 'Mail a code to the requester''s address on file'
            cand confirm 'Check the code that the requester gives back'
            cand reject 'Reject a request, and tell the requester''s address on file'
            cand close 'Close what isn''t a request (a thank-you, junk, the same mail again): nobody is mailed'
            cand reverify 'Run the checks again from the record, and settle what DNS left open'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;request;receive'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --account 'An account that it is for; once for each'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;request;list'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --status 'Only those with this status'
            cand --region 'Only those of this region'
            cand --requester 'Only those from this address'
            cand --older 'Only those that came in at least so long ago, such as 30m, 2h or 1d'
            cand --limit 'How many at most'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --waiting 'Only those that wait, for the desk or for their requester'
            cand --mine 'Only those that you have open'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;request;show'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --eml 'Write the mail as it came in to this file (- for standard output) instead'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;request;approve'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --account 'Only this account of it; once for each'
            cand --for 'What for'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;request;assign'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --drop 'An account that it isn''t for; once for each'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --suggest 'Show the accounts that the mail seems to speak of, and change nothing'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;request;challenge'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --plan 'For the accounts of this plan, which the mail counts by school'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;request;confirm'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --code-stdin 'Read the code from standard input'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;request;reject'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --reason 'Why; the requester reads it'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;request;close'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --reason 'Why; colleagues and auditors read it, and nobody else'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;request;reverify'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --offline 'Never ask DNS'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;request;help'= {
            cand receive 'Receive a mail, check it, and give the verdict'
            cand list 'The requests: those that wait first, the oldest at the top'
            cand show 'One request: who asks, for whom, and why the verdict is what it is'
            cand approve 'Approve what it asks for, as a second operator'
            cand assign 'Say which accounts a request is for'
            cand challenge 'Mail a code to the requester''s address on file'
            cand confirm 'Check the code that the requester gives back'
            cand reject 'Reject a request, and tell the requester''s address on file'
            cand close 'Close what isn''t a request (a thank-you, junk, the same mail again): nobody is mailed'
            cand reverify 'Run the checks again from the record, and settle what DNS left open'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;request;help;receive'= {
        }
        &'balie;request;help;list'= {
        }
        &'balie;request;help;show'= {
        }
        &'balie;request;help;approve'= {
        }
        &'balie;request;help;assign'= {
        }
        &'balie;request;help;challenge'= {
        }
        &'balie;request;help;confirm'= {
        }
        &'balie;request;help;reject'= {
        }
        &'balie;request;help;close'= {
        }
        &'balie;request;help;reverify'= {
        }
        &'balie;request;help;help'= {
        }
        &'balie;mailbox'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand fetch 'Take new requests from the desk''s mailbox'
            cand quarantine 'Messages that couldn''t be taken, and why'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;mailbox;fetch'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --maildir 'A Maildir instead'
            cand --mbox 'An mbox instead'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;mailbox;quarantine'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --eml 'Write it as it came in to this file (- for standard output)'
            cand --limit 'How many at most'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;mailbox;help'= {
            cand fetch 'Take new requests from the desk''s mailbox'
            cand quarantine 'Messages that couldn''t be taken, and why'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;mailbox;help;fetch'= {
        }
        &'balie;mailbox;help;quarantine'= {
        }
        &'balie;mailbox;help;help'= {
        }
        &'balie;reset'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --request 'The verified request that asks for it'
            cand --reason 'Why: lost-phone, new-phone, wrong-phone (the holder is also told to have the colleague remove the entry), codes-refused or other. With --break-glass: who asked, how you know who it was, and why it can''t wait for a mail'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --break-glass 'There is no request, and it can''t wait: start a case that a senior completes'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;recovery'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand reissue 'Issue a fresh recovery code on a verified request; it goes to the holder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;recovery;reissue'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --request 'The verified request that asks for it'
            cand --deliver 'By which road it goes to the holder'
            cand --out 'The file to write, for letter and sealed; an existing one is never overwritten'
            cand --to 'The holder''s age recipient, for sealed'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --read-aloud 'Show it in words of the spelling alphabet as well, for screen'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;recovery;help'= {
            cand reissue 'Issue a fresh recovery code on a verified request; it goes to the holder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;recovery;help;reissue'= {
        }
        &'balie;recovery;help;help'= {
        }
        &'balie;undo'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;pending'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --reopen 'Open this account''s enrollment window again'
            cand --limit 'How many at most'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --all 'Also those who never had a second factor'
            cand --remind 'Queue the reminder mails that are due'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;bulk'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand plan 'Make a plan from a list: every account is checked now, none is touched'
            cand list 'The newest plans'
            cand show 'A plan, and what became of each row'
            cand approve 'Approve a plan, as a second operator'
            cand apply 'Carry out a plan, from where the last run ended'
            cand cancel 'Cancel a plan; what was done stands'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;bulk;plan'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --request 'The verified request that asks for it'
            cand --deliver 'How recovery codes are delivered (default: mail)'
            cand --to 'The age recipient that they''re encrypted to, for sealed'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;bulk;list'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --limit 'How many at most'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;bulk;show'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --failed 'Only the rows that weren''t done and won''t be'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;bulk;approve'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --hash 'Only if this is the plan''s hash'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;bulk;apply'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --hash 'Only if this is the plan''s hash'
            cand --out 'The folder for recovery codes that go out as letters or sealed'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;bulk;cancel'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;bulk;help'= {
            cand plan 'Make a plan from a list: every account is checked now, none is touched'
            cand list 'The newest plans'
            cand show 'A plan, and what became of each row'
            cand approve 'Approve a plan, as a second operator'
            cand apply 'Carry out a plan, from where the last run ended'
            cand cancel 'Cancel a plan; what was done stands'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;bulk;help;plan'= {
        }
        &'balie;bulk;help;list'= {
        }
        &'balie;bulk;help;show'= {
        }
        &'balie;bulk;help;approve'= {
        }
        &'balie;bulk;help;apply'= {
        }
        &'balie;bulk;help;cancel'= {
        }
        &'balie;bulk;help;help'= {
        }
        &'balie;case'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'The newest cases'
            cand show 'One case: who started it, and why'
            cand complete 'Reset, as the second operator'
            cand cancel 'Cancel it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;case;list'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --limit 'How many at most'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;case;show'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;case;complete'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;case;cancel'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;case;help'= {
            cand list 'The newest cases'
            cand show 'One case: who started it, and why'
            cand complete 'Reset, as the second operator'
            cand cancel 'Cancel it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;case;help;list'= {
        }
        &'balie;case;help;show'= {
        }
        &'balie;case;help;complete'= {
        }
        &'balie;case;help;cancel'= {
        }
        &'balie;case;help;help'= {
        }
        &'balie;receipt'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand show 'Print the receipt of a reset again'
            cand verify 'Check a receipt against the desk''s public key, offline'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;receipt;show'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;receipt;verify'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --key 'The desk''s public key (default: desk.pub beside the key file)'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;receipt;help'= {
            cand show 'Print the receipt of a reset again'
            cand verify 'Check a receipt against the desk''s public key, offline'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;receipt;help;show'= {
        }
        &'balie;receipt;help;verify'= {
        }
        &'balie;receipt;help;help'= {
        }
        &'balie;audit'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand enrollments 'Count who has 2FA and who doesn''t, and list what deserves a second look'
            cand mail 'Count how mails came out by board and mail domain, and what is missing'
            cand log 'The newest events, or new ones as they come'
            cand verify 'Check that no event was changed, inserted or removed'
            cand checkpoint 'Verify the log, then sign its size and root, to be kept outside the database'
            cand export 'Copy the log, one event a line, oldest first'
            cand prune 'Erase personal details that have been kept long enough; the log still verifies'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;audit;enrollments'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --by 'What to count by: region, organisation or role'
            cand --region 'Only accounts with a role in this region (may be given more than once)'
            cand --finding 'List who this finding is about'
            cand --limit 'How many of them at most'
            cand --html 'Write a page that can be read and printed without balie to this file'
            cand --language 'The language of that page: nl or en (default: the config''s)'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;audit;mail'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --since 'Only from then on: 2026-10-01, 2026-10-01T08:00:00Z, or 30m, 24h, 7d ago'
            cand --until 'Only before then, or to the end of that day'
            cand --org 'Only mails of requesters of this organisation, or below it'
            cand --region 'Only mails of requesters in this region'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;audit;log'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --operator 'Only what this operator did'
            cand --action 'Only this action, such as reset'
            cand --account 'Only what was done to this account'
            cand --request 'Only what was done for this request'
            cand --since 'Only from then on: 2026-10-01, 2026-10-01T08:00:00Z, or 30m, 24h, 7d ago'
            cand --until 'Only before then, or to the end of that day'
            cand --limit 'How many at most'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --follow 'Keep showing events as they come, oldest first'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;audit;verify'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --checkpoint 'Compare the log with this checkpoint (may be given more than once)'
            cand --receipt 'Compare the receipts in this file, such as a copy of tickets, with the log (may be given more than once)'
            cand --key 'The desk''s public key (default: desk.pub beside the key file)'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --state 'Compare every row of the desk with the events that left it'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;audit;checkpoint'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --out 'Write it to this file, replacing an earlier one that the log continues from'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;audit;export'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --operator 'Only what this operator did'
            cand --action 'Only this action, such as reset'
            cand --account 'Only what was done to this account'
            cand --request 'Only what was done for this request'
            cand --since 'Only from then on: 2026-10-01, 2026-10-01T08:00:00Z, or 30m, 24h, 7d ago'
            cand --until 'Only before then, or to the end of that day'
            cand --as 'How a line is written'
            cand --out 'Write it to this new file, readable by you only'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;audit;prune'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;audit;help'= {
            cand enrollments 'Count who has 2FA and who doesn''t, and list what deserves a second look'
            cand mail 'Count how mails came out by board and mail domain, and what is missing'
            cand log 'The newest events, or new ones as they come'
            cand verify 'Check that no event was changed, inserted or removed'
            cand checkpoint 'Verify the log, then sign its size and root, to be kept outside the database'
            cand export 'Copy the log, one event a line, oldest first'
            cand prune 'Erase personal details that have been kept long enough; the log still verifies'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;audit;help;enrollments'= {
        }
        &'balie;audit;help;mail'= {
        }
        &'balie;audit;help;log'= {
        }
        &'balie;audit;help;verify'= {
        }
        &'balie;audit;help;checkpoint'= {
        }
        &'balie;audit;help;export'= {
        }
        &'balie;audit;help;prune'= {
        }
        &'balie;audit;help;help'= {
        }
        &'balie;answer'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --region 'Whose address to name'
            cand --language 'In which language: nl or en (default: yours, else the desk''s)'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;completions'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;man'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;schema'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --row 'The schema of a line of `--format ndjson` instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;service'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand add 'An account for a timer, with a token for just that job'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;service;add'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --job 'What it does'
            cand --expires 'For how long its token works, such as 90d; a year at most'
            cand --out 'Write the token to this new file, rather than showing it'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;service;help'= {
            cand add 'An account for a timer, with a token for just that job'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;service;help;add'= {
        }
        &'balie;service;help;help'= {
        }
        &'balie;settings'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'Every setting: what holds, and who set it when'
            cand set 'Change one'
            cand import 'Take the desk''s half of a config file over'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;settings;list'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;settings;set'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --default 'Back to the default'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;settings;import'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;settings;help'= {
            cand list 'Every setting: what holds, and who set it when'
            cand set 'Change one'
            cand import 'Take the desk''s half of a config file over'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;settings;help;list'= {
        }
        &'balie;settings;help;set'= {
        }
        &'balie;settings;help;import'= {
        }
        &'balie;settings;help;help'= {
        }
        &'balie;key'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand status 'Which sealing keys there are, and what is sealed under each'
            cand rotate 'Make a new sealing key and seal everything under it, while others work'
            cand split 'Write a key file for a machine that resets but can''t open any account''s secret'
            cand retire 'Remove an old key from the key file, once nothing is sealed under it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;key;status'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;key;rotate'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --out 'Write the new keys to this file, if the keys come from a command'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;key;split'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;key;retire'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;key;help'= {
            cand status 'Which sealing keys there are, and what is sealed under each'
            cand rotate 'Make a new sealing key and seal everything under it, while others work'
            cand split 'Write a key file for a machine that resets but can''t open any account''s secret'
            cand retire 'Remove an old key from the key file, once nothing is sealed under it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;key;help;status'= {
        }
        &'balie;key;help;rotate'= {
        }
        &'balie;key;help;split'= {
        }
        &'balie;key;help;retire'= {
        }
        &'balie;key;help;help'= {
        }
        &'balie;outbox'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand list 'The newest mails, sent or not'
            cand show 'One mail, as its reader gets it; a code that it carries isn''t shown'
            cand send 'Send what is due, over the server of `[smtp] url`'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;outbox;list'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --limit 'How many at most'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;outbox;show'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;outbox;send'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;outbox;help'= {
            cand list 'The newest mails, sent or not'
            cand show 'One mail, as its reader gets it; a code that it carries isn''t shown'
            cand send 'Send what is due, over the server of `[smtp] url`'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;outbox;help;list'= {
        }
        &'balie;outbox;help;show'= {
        }
        &'balie;outbox;help;send'= {
        }
        &'balie;outbox;help;help'= {
        }
        &'balie;enroll'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand begin 'Begin an enrollment, while the holder is present to scan the QR code with their own phone'
            cand confirm 'Activate it with a code from the app; the recovery code is shown, only this once'
            cand import 'Import enrollments from a CSV of otpauth URIs: all or nothing, each sealed at once'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;enroll;begin'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --qr 'Write the QR code to a new file (.png or .svg) that only you can read'
            cand --uri 'Write the otpauth URI to a new file that only you can read; `-` is standard output'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;enroll;confirm'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --code-stdin 'Read the code from standard input'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;enroll;import'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --allow-short 'Take secrets under 128 bits over too'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;enroll;help'= {
            cand begin 'Begin an enrollment, while the holder is present to scan the QR code with their own phone'
            cand confirm 'Activate it with a code from the app; the recovery code is shown, only this once'
            cand import 'Import enrollments from a CSV of otpauth URIs: all or nothing, each sealed at once'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;enroll;help;begin'= {
        }
        &'balie;enroll;help;confirm'= {
        }
        &'balie;enroll;help;import'= {
        }
        &'balie;enroll;help;help'= {
        }
        &'balie;totp'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand check '"My code isn''t accepted": say why, from a code that the caller reads aloud'
            cand unlock 'Unlock a second factor that ten wrong codes in a row locked'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;totp;check'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --code-stdin 'Read the code from standard input; a second line is the next code'
            cand --whose-code 'Also look among colleagues of the same school and region'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;totp;unlock'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --take-over 'Take over what a colleague has open; the log says so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;totp;help'= {
            cand check '"My code isn''t accepted": say why, from a code that the caller reads aloud'
            cand unlock 'Unlock a second factor that ten wrong codes in a row locked'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;totp;help;check'= {
        }
        &'balie;totp;help;unlock'= {
        }
        &'balie;totp;help;help'= {
        }
        &'balie;portal'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand login 'Decide a login, exactly as the login screen would: the reference for portals'
            cand password 'Set the password of an account that has none, or replace the old one'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;portal;login'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --password-file 'Read the password from a file'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --password-stdin 'Read the password from standard input'
            cand --code-stdin 'Read the code from standard input'
            cand --explain 'Tell the operator which part was wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;portal;password'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand --password-stdin 'Read the new password from standard input'
            cand --hash-stdin 'Read an Argon2id hash (PHC string) from standard input'
            cand --old-password-stdin 'Read the old password from standard input first'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;portal;help'= {
            cand login 'Decide a login, exactly as the login screen would: the reference for portals'
            cand password 'Set the password of an account that has none, or replace the old one'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;portal;help;login'= {
        }
        &'balie;portal;help;password'= {
        }
        &'balie;portal;help;help'= {
        }
        &'balie;directory'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand import 'Import regions.csv, organisations.csv, accounts.csv and requesters.csv: all or nothing'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;directory;import'= {
            cand --config 'The config file'
            cand --database 'The database: a file, sqlite:FILE or postgres://…'
            cand --format 'How data is written'
            cand --color 'When to use colours'
            cand --no-input 'Never ask: fail, and name the flag to pass (this isn''t a yes)'
            cand --yes 'Go on without asking: the yes that a step of weight needs where nobody can be asked'
            cand -n 'Show what would be done, and change nothing'
            cand --dry-run 'Show what would be done, and change nothing'
            cand -q 'Say less'
            cand --quiet 'Say less'
            cand -v 'Say more (twice: even more)'
            cand --verbose 'Say more (twice: even more)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'balie;directory;help'= {
            cand import 'Import regions.csv, organisations.csv, accounts.csv and requesters.csv: all or nothing'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;directory;help;import'= {
        }
        &'balie;directory;help;help'= {
        }
        &'balie;help'= {
            cand demo 'See it all in a minute: a desk''s morning on this machine alone'
            cand desk 'Guided work at a terminal: the queue of requests, one case at a time'
            cand init 'Make the database, the keys, the config and the first operator'
            cand doctor 'Check database, keys, clock, DNS and mail servers; each line says how to fix it'
            cand login 'Log in with password and code'
            cand logout 'End your session'
            cand whoami 'Who is at work, and until when'
            cand operator 'Who works here, as what, and where'
            cand find 'Search accounts (short for `account find`)'
            cand account 'Accounts: who, where, and the state of the second factor'
            cand region 'Regions and the addresses of their desks'
            cand org 'Consortia, boards and schools'
            cand requester 'Who may ask for a reset'
            cand request 'Requests: mails from directors, board members and supervisors'
            cand mailbox 'The desk''s mailbox: take new requests from it'
            cand reset 'Reset 2FA of accounts, on a verified request'
            cand recovery 'Recovery codes: a fresh one, on a verified request'
            cand undo 'Undo the reset of a wrong account, as another operator'
            cand pending 'Who was reset and hasn''t enrolled again: time left, remind, reopen the window'
            cand bulk 'Many accounts at once: plan a list, review it, carry it out'
            cand case 'Break-glass: resets without a request, by two operators'
            cand receipt 'Receipts of resets'
            cand audit 'The log: read it, verify it'
            cand answer 'The FAQ''s answer to read out or mail, with the region''s address filled in'
            cand completions 'Print a shell''s completions'
            cand man 'Write the man pages to a folder'
            cand schema 'What the documents of `--format json` look like: their JSON Schemas'
            cand service 'Services: accounts for timers, each with a token for one job'
            cand settings 'The desk''s own rules and servers: show and change them'
            cand key 'Sealing keys: what is sealed under which, and a new one'
            cand outbox 'Mails to holders and requesters'
            cand enroll 'Authenticators: bind one while its holder is present, or import them from another system'
            cand totp '"My code isn''t accepted": say why, and unlock'
            cand portal 'What the login screen decides: the reference for portals'
            cand directory 'Import who is who from CSV files'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'balie;help;demo'= {
        }
        &'balie;help;desk'= {
        }
        &'balie;help;init'= {
        }
        &'balie;help;doctor'= {
        }
        &'balie;help;login'= {
        }
        &'balie;help;logout'= {
        }
        &'balie;help;whoami'= {
        }
        &'balie;help;operator'= {
            cand add 'Register an operator, with an initial password'
            cand list 'Every operator'
            cand show 'One operator'
            cand disable 'Disable an operator: their sessions end at once'
            cand enable 'Let a disabled operator work again'
            cand role 'Give an operator another role, other regions, a work address or a duty'
            cand reset-password 'Give an operator an initial password, or choose your own'
            cand token 'Tokens for scripts'
        }
        &'balie;help;operator;add'= {
        }
        &'balie;help;operator;list'= {
        }
        &'balie;help;operator;show'= {
        }
        &'balie;help;operator;disable'= {
        }
        &'balie;help;operator;enable'= {
        }
        &'balie;help;operator;role'= {
        }
        &'balie;help;operator;reset-password'= {
        }
        &'balie;help;operator;token'= {
            cand add 'Make a token for a script'
            cand list 'Tokens, newest first'
            cand accept 'Accept a token that a colleague made in your name'
            cand revoke 'Revoke a token'
        }
        &'balie;help;operator;token;add'= {
        }
        &'balie;help;operator;token;list'= {
        }
        &'balie;help;operator;token;accept'= {
        }
        &'balie;help;operator;token;revoke'= {
        }
        &'balie;help;find'= {
        }
        &'balie;help;account'= {
            cand find 'Search accounts'
            cand show 'One account: who, where, and the state of the second factor'
            cand add 'Register an account: a new colleague''s, or a personal one for somebody who shared a login'
            cand block 'Block an account and end its sessions'
            cand unblock 'Unblock an account (a senior)'
            cand shared 'Logins that look as if several people use them'
            cand history 'What was done to one account, newest first'
        }
        &'balie;help;account;find'= {
        }
        &'balie;help;account;show'= {
        }
        &'balie;help;account;add'= {
        }
        &'balie;help;account;block'= {
        }
        &'balie;help;account;unblock'= {
        }
        &'balie;help;account;shared'= {
        }
        &'balie;help;account;history'= {
        }
        &'balie;help;region'= {
            cand list 'Every region, or the page of their desks'' addresses'
            cand show 'One region'
            cand add 'Register a region, with the address of its desk'
        }
        &'balie;help;region;list'= {
        }
        &'balie;help;region;show'= {
        }
        &'balie;help;region;add'= {
        }
        &'balie;help;org'= {
            cand list 'Every organisation, or those of a region'
            cand show 'One organisation, with its mail domains and requesters'
            cand add 'Register a consortium, a board or a school'
        }
        &'balie;help;org;list'= {
        }
        &'balie;help;org;show'= {
        }
        &'balie;help;org;add'= {
        }
        &'balie;help;requester'= {
            cand list 'Every requester, those of an organisation, or those due for review'
            cand show 'What is on file under one work address'
            cand add 'Register somebody who may ask for a reset'
            cand end 'From now on this address may no longer ask'
            cand review 'Record that what is on file was reviewed and is right'
        }
        &'balie;help;requester;list'= {
        }
        &'balie;help;requester;show'= {
        }
        &'balie;help;requester;add'= {
        }
        &'balie;help;requester;end'= {
        }
        &'balie;help;requester;review'= {
        }
        &'balie;help;request'= {
            cand receive 'Receive a mail, check it, and give the verdict'
            cand list 'The requests: those that wait first, the oldest at the top'
            cand show 'One request: who asks, for whom, and why the verdict is what it is'
            cand approve 'Approve what it asks for, as a second operator'
            cand assign 'Say which accounts a request is for'
            cand challenge 'Mail a code to the requester''s address on file'
            cand confirm 'Check the code that the requester gives back'
            cand reject 'Reject a request, and tell the requester''s address on file'
            cand close 'Close what isn''t a request (a thank-you, junk, the same mail again): nobody is mailed'
            cand reverify 'Run the checks again from the record, and settle what DNS left open'
        }
        &'balie;help;request;receive'= {
        }
        &'balie;help;request;list'= {
        }
        &'balie;help;request;show'= {
        }
        &'balie;help;request;approve'= {
        }
        &'balie;help;request;assign'= {
        }
        &'balie;help;request;challenge'= {
        }
        &'balie;help;request;confirm'= {
        }
        &'balie;help;request;reject'= {
        }
        &'balie;help;request;close'= {
        }
        &'balie;help;request;reverify'= {
        }
        &'balie;help;mailbox'= {
            cand fetch 'Take new requests from the desk''s mailbox'
            cand quarantine 'Messages that couldn''t be taken, and why'
        }
        &'balie;help;mailbox;fetch'= {
        }
        &'balie;help;mailbox;quarantine'= {
        }
        &'balie;help;reset'= {
        }
        &'balie;help;recovery'= {
            cand reissue 'Issue a fresh recovery code on a verified request; it goes to the holder'
        }
        &'balie;help;recovery;reissue'= {
        }
        &'balie;help;undo'= {
        }
        &'balie;help;pending'= {
        }
        &'balie;help;bulk'= {
            cand plan 'Make a plan from a list: every account is checked now, none is touched'
            cand list 'The newest plans'
            cand show 'A plan, and what became of each row'
            cand approve 'Approve a plan, as a second operator'
            cand apply 'Carry out a plan, from where the last run ended'
            cand cancel 'Cancel a plan; what was done stands'
        }
        &'balie;help;bulk;plan'= {
        }
        &'balie;help;bulk;list'= {
        }
        &'balie;help;bulk;show'= {
        }
        &'balie;help;bulk;approve'= {
        }
        &'balie;help;bulk;apply'= {
        }
        &'balie;help;bulk;cancel'= {
        }
        &'balie;help;case'= {
            cand list 'The newest cases'
            cand show 'One case: who started it, and why'
            cand complete 'Reset, as the second operator'
            cand cancel 'Cancel it'
        }
        &'balie;help;case;list'= {
        }
        &'balie;help;case;show'= {
        }
        &'balie;help;case;complete'= {
        }
        &'balie;help;case;cancel'= {
        }
        &'balie;help;receipt'= {
            cand show 'Print the receipt of a reset again'
            cand verify 'Check a receipt against the desk''s public key, offline'
        }
        &'balie;help;receipt;show'= {
        }
        &'balie;help;receipt;verify'= {
        }
        &'balie;help;audit'= {
            cand enrollments 'Count who has 2FA and who doesn''t, and list what deserves a second look'
            cand mail 'Count how mails came out by board and mail domain, and what is missing'
            cand log 'The newest events, or new ones as they come'
            cand verify 'Check that no event was changed, inserted or removed'
            cand checkpoint 'Verify the log, then sign its size and root, to be kept outside the database'
            cand export 'Copy the log, one event a line, oldest first'
            cand prune 'Erase personal details that have been kept long enough; the log still verifies'
        }
        &'balie;help;audit;enrollments'= {
        }
        &'balie;help;audit;mail'= {
        }
        &'balie;help;audit;log'= {
        }
        &'balie;help;audit;verify'= {
        }
        &'balie;help;audit;checkpoint'= {
        }
        &'balie;help;audit;export'= {
        }
        &'balie;help;audit;prune'= {
        }
        &'balie;help;answer'= {
        }
        &'balie;help;completions'= {
        }
        &'balie;help;man'= {
        }
        &'balie;help;schema'= {
        }
        &'balie;help;service'= {
            cand add 'An account for a timer, with a token for just that job'
        }
        &'balie;help;service;add'= {
        }
        &'balie;help;settings'= {
            cand list 'Every setting: what holds, and who set it when'
            cand set 'Change one'
            cand import 'Take the desk''s half of a config file over'
        }
        &'balie;help;settings;list'= {
        }
        &'balie;help;settings;set'= {
        }
        &'balie;help;settings;import'= {
        }
        &'balie;help;key'= {
            cand status 'Which sealing keys there are, and what is sealed under each'
            cand rotate 'Make a new sealing key and seal everything under it, while others work'
            cand split 'Write a key file for a machine that resets but can''t open any account''s secret'
            cand retire 'Remove an old key from the key file, once nothing is sealed under it'
        }
        &'balie;help;key;status'= {
        }
        &'balie;help;key;rotate'= {
        }
        &'balie;help;key;split'= {
        }
        &'balie;help;key;retire'= {
        }
        &'balie;help;outbox'= {
            cand list 'The newest mails, sent or not'
            cand show 'One mail, as its reader gets it; a code that it carries isn''t shown'
            cand send 'Send what is due, over the server of `[smtp] url`'
        }
        &'balie;help;outbox;list'= {
        }
        &'balie;help;outbox;show'= {
        }
        &'balie;help;outbox;send'= {
        }
        &'balie;help;enroll'= {
            cand begin 'Begin an enrollment, while the holder is present to scan the QR code with their own phone'
            cand confirm 'Activate it with a code from the app; the recovery code is shown, only this once'
            cand import 'Import enrollments from a CSV of otpauth URIs: all or nothing, each sealed at once'
        }
        &'balie;help;enroll;begin'= {
        }
        &'balie;help;enroll;confirm'= {
        }
        &'balie;help;enroll;import'= {
        }
        &'balie;help;totp'= {
            cand check '"My code isn''t accepted": say why, from a code that the caller reads aloud'
            cand unlock 'Unlock a second factor that ten wrong codes in a row locked'
        }
        &'balie;help;totp;check'= {
        }
        &'balie;help;totp;unlock'= {
        }
        &'balie;help;portal'= {
            cand login 'Decide a login, exactly as the login screen would: the reference for portals'
            cand password 'Set the password of an account that has none, or replace the old one'
        }
        &'balie;help;portal;login'= {
        }
        &'balie;help;portal;password'= {
        }
        &'balie;help;directory'= {
            cand import 'Import regions.csv, organisations.csv, accounts.csv and requesters.csv: all or nothing'
        }
        &'balie;help;directory;import'= {
        }
        &'balie;help;help'= {
        }
    ]
    $completions[$command]
}
