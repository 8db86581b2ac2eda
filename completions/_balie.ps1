
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'balie' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'balie'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'balie' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'See it all in a minute: a desk''s morning on this machine alone')
            [CompletionResult]::new('desk', 'desk', [CompletionResultType]::ParameterValue, 'Guided work at a terminal: the queue of requests, one case at a time')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make the database, the keys, the config and the first operator')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check database, keys, clock, DNS and mail servers; each line says how to fix it')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Log in with password and code')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'End your session')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Who is at work, and until when')
            [CompletionResult]::new('operator', 'operator', [CompletionResultType]::ParameterValue, 'Who works here, as what, and where')
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'Search accounts (short for `account find`)')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'Accounts: who, where, and the state of the second factor')
            [CompletionResult]::new('region', 'region', [CompletionResultType]::ParameterValue, 'Regions and the addresses of their desks')
            [CompletionResult]::new('org', 'org', [CompletionResultType]::ParameterValue, 'Consortia, boards and schools')
            [CompletionResult]::new('requester', 'requester', [CompletionResultType]::ParameterValue, 'Who may ask for a reset')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Requests: mails from directors, board members and supervisors')
            [CompletionResult]::new('mailbox', 'mailbox', [CompletionResultType]::ParameterValue, 'The desk''s mailbox: take new requests from it')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Reset 2FA of accounts, on a verified request')
            [CompletionResult]::new('recovery', 'recovery', [CompletionResultType]::ParameterValue, 'Recovery codes: a fresh one, on a verified request')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Undo the reset of a wrong account, as another operator')
            [CompletionResult]::new('pending', 'pending', [CompletionResultType]::ParameterValue, 'Who was reset and hasn''t enrolled again: time left, remind, reopen the window')
            [CompletionResult]::new('bulk', 'bulk', [CompletionResultType]::ParameterValue, 'Many accounts at once: plan a list, review it, carry it out')
            [CompletionResult]::new('case', 'case', [CompletionResultType]::ParameterValue, 'Break-glass: resets without a request, by two operators')
            [CompletionResult]::new('receipt', 'receipt', [CompletionResultType]::ParameterValue, 'Receipts of resets')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'The log: read it, verify it')
            [CompletionResult]::new('answer', 'answer', [CompletionResultType]::ParameterValue, 'The FAQ''s answer to read out or mail, with the region''s address filled in')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell''s completions')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write the man pages to a folder')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'What the documents of `--format json` look like: their JSON Schemas')
            [CompletionResult]::new('service', 'service', [CompletionResultType]::ParameterValue, 'Services: accounts for timers, each with a token for one job')
            [CompletionResult]::new('settings', 'settings', [CompletionResultType]::ParameterValue, 'The desk''s own rules and servers: show and change them')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Sealing keys: what is sealed under which, and a new one')
            [CompletionResult]::new('outbox', 'outbox', [CompletionResultType]::ParameterValue, 'Mails to holders and requesters')
            [CompletionResult]::new('enroll', 'enroll', [CompletionResultType]::ParameterValue, 'Authenticators: bind one while its holder is present, or import them from another system')
            [CompletionResult]::new('totp', 'totp', [CompletionResultType]::ParameterValue, '"My code isn''t accepted": say why, and unlock')
            [CompletionResult]::new('portal', 'portal', [CompletionResultType]::ParameterValue, 'What the login screen decides: the reference for portals')
            [CompletionResult]::new('directory', 'directory', [CompletionResultType]::ParameterValue, 'Import who is who from CSV files')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;demo' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Keep the desk in this folder, new or empty')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;desk' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;init' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'Where the key file is to be (default: beside the config)')
            [CompletionResult]::new('--postgres-roles', '--postgres-roles', [CompletionResultType]::ParameterName, 'Instead: print or apply the grants under which operators'' logins to PostgreSQL work as the database''s owner')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;doctor' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;login' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from standard input: its first line')
            [CompletionResult]::new('--new-password-stdin', '--new-password-stdin', [CompletionResultType]::ParameterName, 'Read the password that replaces it from standard input: the next line')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input: the last line')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;logout' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'End all your sessions, on every machine')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;whoami' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;operator' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register an operator, with an initial password')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every operator')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One operator')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Disable an operator: their sessions end at once')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Let a disabled operator work again')
            [CompletionResult]::new('role', 'role', [CompletionResultType]::ParameterValue, 'Give an operator another role, other regions, a work address or a duty')
            [CompletionResult]::new('reset-password', 'reset-password', [CompletionResultType]::ParameterValue, 'Give an operator an initial password, or choose your own')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Tokens for scripts')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;operator;add' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'operator, senior, auditor or admin')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'A region that the operator works in; once for each (operator and senior)')
            [CompletionResult]::new('--work-email', '--work-email', [CompletionResultType]::ParameterName, 'The operator''s own work address')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the initial password from standard input, rather than drawing one')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;operator;list' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;operator;show' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;operator;disable' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;operator;enable' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;operator;role' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'A region that the operator works in; once for each (operator and senior)')
            [CompletionResult]::new('--work-email', '--work-email', [CompletionResultType]::ParameterName, 'The operator''s own work address: without one they can''t reset or approve')
            [CompletionResult]::new('--duty', '--duty', [CompletionResultType]::ParameterName, 'totp: whoever needs a code checked is sent to this operator; none takes it away')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;operator;reset-password' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--old-password-file', '--old-password-file', [CompletionResultType]::ParameterName, 'Read your old password from a file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--old-password-stdin', '--old-password-stdin', [CompletionResultType]::ParameterName, 'Read your old password from standard input first')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the new password from standard input')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;operator;token' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Make a token for a script')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Tokens, newest first')
            [CompletionResult]::new('accept', 'accept', [CompletionResultType]::ParameterValue, 'Accept a token that a colleague made in your name')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a token')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;operator;token;add' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'What for: read, log, reset, bulk:reset, bulk:reissue, request:receive, mailbox:fetch or outbox:send; once for each')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Only this region; once for each (default: the operator''s own)')
            [CompletionResult]::new('--expires', '--expires', [CompletionResultType]::ParameterName, 'How long: 12h, 30d')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write it to this new file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;operator;token;list' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;operator;token;accept' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;operator;token;revoke' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;operator;token;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Make a token for a script')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Tokens, newest first')
            [CompletionResult]::new('accept', 'accept', [CompletionResultType]::ParameterValue, 'Accept a token that a colleague made in your name')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a token')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;operator;token;help;add' {
            break
        }
        'balie;operator;token;help;list' {
            break
        }
        'balie;operator;token;help;accept' {
            break
        }
        'balie;operator;token;help;revoke' {
            break
        }
        'balie;operator;token;help;help' {
            break
        }
        'balie;operator;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register an operator, with an initial password')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every operator')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One operator')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Disable an operator: their sessions end at once')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Let a disabled operator work again')
            [CompletionResult]::new('role', 'role', [CompletionResultType]::ParameterValue, 'Give an operator another role, other regions, a work address or a duty')
            [CompletionResult]::new('reset-password', 'reset-password', [CompletionResultType]::ParameterValue, 'Give an operator an initial password, or choose your own')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Tokens for scripts')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;operator;help;add' {
            break
        }
        'balie;operator;help;list' {
            break
        }
        'balie;operator;help;show' {
            break
        }
        'balie;operator;help;disable' {
            break
        }
        'balie;operator;help;enable' {
            break
        }
        'balie;operator;help;role' {
            break
        }
        'balie;operator;help;reset-password' {
            break
        }
        'balie;operator;help;token' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Make a token for a script')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Tokens, newest first')
            [CompletionResult]::new('accept', 'accept', [CompletionResultType]::ParameterValue, 'Accept a token that a colleague made in your name')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a token')
            break
        }
        'balie;operator;help;token;add' {
            break
        }
        'balie;operator;help;token;list' {
            break
        }
        'balie;operator;help;token;accept' {
            break
        }
        'balie;operator;help;token;revoke' {
            break
        }
        'balie;operator;help;help' {
            break
        }
        'balie;find' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;account' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'Search accounts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One account: who, where, and the state of the second factor')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register an account: a new colleague''s, or a personal one for somebody who shared a login')
            [CompletionResult]::new('block', 'block', [CompletionResultType]::ParameterValue, 'Block an account and end its sessions')
            [CompletionResult]::new('unblock', 'unblock', [CompletionResultType]::ParameterValue, 'Unblock an account (a senior)')
            [CompletionResult]::new('shared', 'shared', [CompletionResultType]::ParameterValue, 'Logins that look as if several people use them')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'What was done to one account, newest first')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;account;find' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;account;show' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;account;add' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The holder''s name')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'The holder''s work address')
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'A role at an organisation; may be given more than once')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of mails: nl or en')
            [CompletionResult]::new('--personal-for', '--personal-for', [CompletionResultType]::ParameterName, 'The shared login that this one takes the place of')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;account;block' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the log')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;account;unblock' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the log')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;account;shared' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;account;history' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;account;help' {
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'Search accounts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One account: who, where, and the state of the second factor')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register an account: a new colleague''s, or a personal one for somebody who shared a login')
            [CompletionResult]::new('block', 'block', [CompletionResultType]::ParameterValue, 'Block an account and end its sessions')
            [CompletionResult]::new('unblock', 'unblock', [CompletionResultType]::ParameterValue, 'Unblock an account (a senior)')
            [CompletionResult]::new('shared', 'shared', [CompletionResultType]::ParameterValue, 'Logins that look as if several people use them')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'What was done to one account, newest first')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;account;help;find' {
            break
        }
        'balie;account;help;show' {
            break
        }
        'balie;account;help;add' {
            break
        }
        'balie;account;help;block' {
            break
        }
        'balie;account;help;unblock' {
            break
        }
        'balie;account;help;shared' {
            break
        }
        'balie;account;help;history' {
            break
        }
        'balie;account;help;help' {
            break
        }
        'balie;region' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every region, or the page of their desks'' addresses')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One region')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register a region, with the address of its desk')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;region;list' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'Write a page for directors to this file: each desk''s address, and a link that opens a mail to it')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of that page: nl or en (default: yours, else the desk''s)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;region;show' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;region;add' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What it''s called')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'Where its desk gets its mail')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;region;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every region, or the page of their desks'' addresses')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One region')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register a region, with the address of its desk')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;region;help;list' {
            break
        }
        'balie;region;help;show' {
            break
        }
        'balie;region;help;add' {
            break
        }
        'balie;region;help;help' {
            break
        }
        'balie;org' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every organisation, or those of a region')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One organisation, with its mail domains and requesters')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register a consortium, a board or a school')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;org;list' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Only of this region')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;org;show' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;org;add' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'consortium, board, school or other')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What it''s called')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Its region''s code')
            [CompletionResult]::new('--parent', '--parent', [CompletionResultType]::ParameterName, 'The code of the organisation above it')
            [CompletionResult]::new('--domain', '--domain', [CompletionResultType]::ParameterName, 'A mail domain of its own; once for each')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;org;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every organisation, or those of a region')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One organisation, with its mail domains and requesters')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register a consortium, a board or a school')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;org;help;list' {
            break
        }
        'balie;org;help;show' {
            break
        }
        'balie;org;help;add' {
            break
        }
        'balie;org;help;help' {
            break
        }
        'balie;requester' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every requester, those of an organisation, or those due for review')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'What is on file under one work address')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register somebody who may ask for a reset')
            [CompletionResult]::new('end', 'end', [CompletionResultType]::ParameterValue, 'From now on this address may no longer ask')
            [CompletionResult]::new('review', 'review', [CompletionResultType]::ParameterValue, 'Record that what is on file was reviewed and is right')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;requester;list' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'Only of this organisation')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--due', '--due', [CompletionResultType]::ParameterName, 'Only those who haven''t been reviewed for a year')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;requester;show' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;requester;add' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The name')
            [CompletionResult]::new('--capacity', '--capacity', [CompletionResultType]::ParameterName, 'director, `board_member` or supervisor')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The organisation''s code')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'The first day')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'The last day: for somebody who acts temporarily')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;requester;end' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'Only for this organisation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;requester;review' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'Only for this organisation')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;requester;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every requester, those of an organisation, or those due for review')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'What is on file under one work address')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register somebody who may ask for a reset')
            [CompletionResult]::new('end', 'end', [CompletionResultType]::ParameterValue, 'From now on this address may no longer ask')
            [CompletionResult]::new('review', 'review', [CompletionResultType]::ParameterValue, 'Record that what is on file was reviewed and is right')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;requester;help;list' {
            break
        }
        'balie;requester;help;show' {
            break
        }
        'balie;requester;help;add' {
            break
        }
        'balie;requester;help;end' {
            break
        }
        'balie;requester;help;review' {
            break
        }
        'balie;requester;help;help' {
            break
        }
        'balie;request' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('receive', 'receive', [CompletionResultType]::ParameterValue, 'Receive a mail, check it, and give the verdict')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The requests: those that wait first, the oldest at the top')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One request: who asks, for whom, and why the verdict is what it is')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve what it asks for, as a second operator')
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Say which accounts a request is for')
            [CompletionResult]::new('challenge', 'challenge', [CompletionResultType]::ParameterValue, 'Mail a code to the requester''s address on file')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Check the code that the requester gives back')
            [CompletionResult]::new('reject', 'reject', [CompletionResultType]::ParameterValue, 'Reject a request, and tell the requester''s address on file')
            [CompletionResult]::new('close', 'close', [CompletionResultType]::ParameterValue, 'Close what isn''t a request (a thank-you, junk, the same mail again): nobody is mailed')
            [CompletionResult]::new('reverify', 'reverify', [CompletionResultType]::ParameterValue, 'Run the checks again from the record, and settle what DNS left open')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;request;receive' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'An account that it is for; once for each')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;request;list' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only those with this status')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Only those of this region')
            [CompletionResult]::new('--requester', '--requester', [CompletionResultType]::ParameterName, 'Only those from this address')
            [CompletionResult]::new('--older', '--older', [CompletionResultType]::ParameterName, 'Only those that came in at least so long ago, such as 30m, 2h or 1d')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--waiting', '--waiting', [CompletionResultType]::ParameterName, 'Only those that wait, for the desk or for their requester')
            [CompletionResult]::new('--mine', '--mine', [CompletionResultType]::ParameterName, 'Only those that you have open')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;request;show' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--eml', '--eml', [CompletionResultType]::ParameterName, 'Write the mail as it came in to this file (- for standard output) instead')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;request;approve' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Only this account of it; once for each')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'What for')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;request;assign' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--drop', '--drop', [CompletionResultType]::ParameterName, 'An account that it isn''t for; once for each')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--suggest', '--suggest', [CompletionResultType]::ParameterName, 'Show the accounts that the mail seems to speak of, and change nothing')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;request;challenge' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'For the accounts of this plan, which the mail counts by school')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;request;confirm' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;request;reject' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why; the requester reads it')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;request;close' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why; colleagues and auditors read it, and nobody else')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;request;reverify' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Never ask DNS')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;request;help' {
            [CompletionResult]::new('receive', 'receive', [CompletionResultType]::ParameterValue, 'Receive a mail, check it, and give the verdict')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The requests: those that wait first, the oldest at the top')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One request: who asks, for whom, and why the verdict is what it is')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve what it asks for, as a second operator')
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Say which accounts a request is for')
            [CompletionResult]::new('challenge', 'challenge', [CompletionResultType]::ParameterValue, 'Mail a code to the requester''s address on file')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Check the code that the requester gives back')
            [CompletionResult]::new('reject', 'reject', [CompletionResultType]::ParameterValue, 'Reject a request, and tell the requester''s address on file')
            [CompletionResult]::new('close', 'close', [CompletionResultType]::ParameterValue, 'Close what isn''t a request (a thank-you, junk, the same mail again): nobody is mailed')
            [CompletionResult]::new('reverify', 'reverify', [CompletionResultType]::ParameterValue, 'Run the checks again from the record, and settle what DNS left open')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;request;help;receive' {
            break
        }
        'balie;request;help;list' {
            break
        }
        'balie;request;help;show' {
            break
        }
        'balie;request;help;approve' {
            break
        }
        'balie;request;help;assign' {
            break
        }
        'balie;request;help;challenge' {
            break
        }
        'balie;request;help;confirm' {
            break
        }
        'balie;request;help;reject' {
            break
        }
        'balie;request;help;close' {
            break
        }
        'balie;request;help;reverify' {
            break
        }
        'balie;request;help;help' {
            break
        }
        'balie;mailbox' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('fetch', 'fetch', [CompletionResultType]::ParameterValue, 'Take new requests from the desk''s mailbox')
            [CompletionResult]::new('quarantine', 'quarantine', [CompletionResultType]::ParameterValue, 'Messages that couldn''t be taken, and why')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;mailbox;fetch' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--maildir', '--maildir', [CompletionResultType]::ParameterName, 'A Maildir instead')
            [CompletionResult]::new('--mbox', '--mbox', [CompletionResultType]::ParameterName, 'An mbox instead')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;mailbox;quarantine' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--eml', '--eml', [CompletionResultType]::ParameterName, 'Write it as it came in to this file (- for standard output)')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;mailbox;help' {
            [CompletionResult]::new('fetch', 'fetch', [CompletionResultType]::ParameterValue, 'Take new requests from the desk''s mailbox')
            [CompletionResult]::new('quarantine', 'quarantine', [CompletionResultType]::ParameterValue, 'Messages that couldn''t be taken, and why')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;mailbox;help;fetch' {
            break
        }
        'balie;mailbox;help;quarantine' {
            break
        }
        'balie;mailbox;help;help' {
            break
        }
        'balie;reset' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--request', '--request', [CompletionResultType]::ParameterName, 'The verified request that asks for it')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why: lost-phone, new-phone, wrong-phone (the holder is also told to have the colleague remove the entry), codes-refused or other. With --break-glass: who asked, how you know who it was, and why it can''t wait for a mail')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--break-glass', '--break-glass', [CompletionResultType]::ParameterName, 'There is no request, and it can''t wait: start a case that a senior completes')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;recovery' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('reissue', 'reissue', [CompletionResultType]::ParameterValue, 'Issue a fresh recovery code on a verified request; it goes to the holder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;recovery;reissue' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--request', '--request', [CompletionResultType]::ParameterName, 'The verified request that asks for it')
            [CompletionResult]::new('--deliver', '--deliver', [CompletionResultType]::ParameterName, 'By which road it goes to the holder')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'The file to write, for letter and sealed; an existing one is never overwritten')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The holder''s age recipient, for sealed')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--read-aloud', '--read-aloud', [CompletionResultType]::ParameterName, 'Show it in words of the spelling alphabet as well, for screen')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;recovery;help' {
            [CompletionResult]::new('reissue', 'reissue', [CompletionResultType]::ParameterValue, 'Issue a fresh recovery code on a verified request; it goes to the holder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;recovery;help;reissue' {
            break
        }
        'balie;recovery;help;help' {
            break
        }
        'balie;undo' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;pending' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--reopen', '--reopen', [CompletionResultType]::ParameterName, 'Open this account''s enrollment window again')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Also those who never had a second factor')
            [CompletionResult]::new('--remind', '--remind', [CompletionResultType]::ParameterName, 'Queue the reminder mails that are due')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;bulk' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'Make a plan from a list: every account is checked now, none is touched')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The newest plans')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'A plan, and what became of each row')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve a plan, as a second operator')
            [CompletionResult]::new('apply', 'apply', [CompletionResultType]::ParameterValue, 'Carry out a plan, from where the last run ended')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Cancel a plan; what was done stands')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;bulk;plan' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--request', '--request', [CompletionResultType]::ParameterName, 'The verified request that asks for it')
            [CompletionResult]::new('--deliver', '--deliver', [CompletionResultType]::ParameterName, 'How recovery codes are delivered (default: mail)')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The age recipient that they''re encrypted to, for sealed')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;bulk;list' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;bulk;show' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--failed', '--failed', [CompletionResultType]::ParameterName, 'Only the rows that weren''t done and won''t be')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;bulk;approve' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--hash', '--hash', [CompletionResultType]::ParameterName, 'Only if this is the plan''s hash')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;bulk;apply' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--hash', '--hash', [CompletionResultType]::ParameterName, 'Only if this is the plan''s hash')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'The folder for recovery codes that go out as letters or sealed')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;bulk;cancel' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;bulk;help' {
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'Make a plan from a list: every account is checked now, none is touched')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The newest plans')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'A plan, and what became of each row')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve a plan, as a second operator')
            [CompletionResult]::new('apply', 'apply', [CompletionResultType]::ParameterValue, 'Carry out a plan, from where the last run ended')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Cancel a plan; what was done stands')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;bulk;help;plan' {
            break
        }
        'balie;bulk;help;list' {
            break
        }
        'balie;bulk;help;show' {
            break
        }
        'balie;bulk;help;approve' {
            break
        }
        'balie;bulk;help;apply' {
            break
        }
        'balie;bulk;help;cancel' {
            break
        }
        'balie;bulk;help;help' {
            break
        }
        'balie;case' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The newest cases')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One case: who started it, and why')
            [CompletionResult]::new('complete', 'complete', [CompletionResultType]::ParameterValue, 'Reset, as the second operator')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Cancel it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;case;list' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;case;show' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;case;complete' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;case;cancel' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;case;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The newest cases')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One case: who started it, and why')
            [CompletionResult]::new('complete', 'complete', [CompletionResultType]::ParameterValue, 'Reset, as the second operator')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Cancel it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;case;help;list' {
            break
        }
        'balie;case;help;show' {
            break
        }
        'balie;case;help;complete' {
            break
        }
        'balie;case;help;cancel' {
            break
        }
        'balie;case;help;help' {
            break
        }
        'balie;receipt' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print the receipt of a reset again')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check a receipt against the desk''s public key, offline')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;receipt;show' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;receipt;verify' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The desk''s public key (default: desk.pub beside the key file)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;receipt;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print the receipt of a reset again')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check a receipt against the desk''s public key, offline')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;receipt;help;show' {
            break
        }
        'balie;receipt;help;verify' {
            break
        }
        'balie;receipt;help;help' {
            break
        }
        'balie;audit' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('enrollments', 'enrollments', [CompletionResultType]::ParameterValue, 'Count who has 2FA and who doesn''t, and list what deserves a second look')
            [CompletionResult]::new('mail', 'mail', [CompletionResultType]::ParameterValue, 'Count how mails came out by board and mail domain, and what is missing')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'The newest events, or new ones as they come')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that no event was changed, inserted or removed')
            [CompletionResult]::new('checkpoint', 'checkpoint', [CompletionResultType]::ParameterValue, 'Verify the log, then sign its size and root, to be kept outside the database')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Copy the log, one event a line, oldest first')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Erase personal details that have been kept long enough; the log still verifies')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;audit;enrollments' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'What to count by: region, organisation or role')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Only accounts with a role in this region (may be given more than once)')
            [CompletionResult]::new('--finding', '--finding', [CompletionResultType]::ParameterName, 'List who this finding is about')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many of them at most')
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'Write a page that can be read and printed without balie to this file')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language of that page: nl or en (default: the config''s)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;audit;mail' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only from then on: 2026-10-01, 2026-10-01T08:00:00Z, or 30m, 24h, 7d ago')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only before then, or to the end of that day')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'Only mails of requesters of this organisation, or below it')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Only mails of requesters in this region')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;audit;log' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--operator', '--operator', [CompletionResultType]::ParameterName, 'Only what this operator did')
            [CompletionResult]::new('--action', '--action', [CompletionResultType]::ParameterName, 'Only this action, such as reset')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Only what was done to this account')
            [CompletionResult]::new('--request', '--request', [CompletionResultType]::ParameterName, 'Only what was done for this request')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only from then on: 2026-10-01, 2026-10-01T08:00:00Z, or 30m, 24h, 7d ago')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only before then, or to the end of that day')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Keep showing events as they come, oldest first')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;audit;verify' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--checkpoint', '--checkpoint', [CompletionResultType]::ParameterName, 'Compare the log with this checkpoint (may be given more than once)')
            [CompletionResult]::new('--receipt', '--receipt', [CompletionResultType]::ParameterName, 'Compare the receipts in this file, such as a copy of tickets, with the log (may be given more than once)')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The desk''s public key (default: desk.pub beside the key file)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Compare every row of the desk with the events that left it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;audit;checkpoint' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write it to this file, replacing an earlier one that the log continues from')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;audit;export' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--operator', '--operator', [CompletionResultType]::ParameterName, 'Only what this operator did')
            [CompletionResult]::new('--action', '--action', [CompletionResultType]::ParameterName, 'Only this action, such as reset')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Only what was done to this account')
            [CompletionResult]::new('--request', '--request', [CompletionResultType]::ParameterName, 'Only what was done for this request')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only from then on: 2026-10-01, 2026-10-01T08:00:00Z, or 30m, 24h, 7d ago')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only before then, or to the end of that day')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'How a line is written')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write it to this new file, readable by you only')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;audit;prune' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;audit;help' {
            [CompletionResult]::new('enrollments', 'enrollments', [CompletionResultType]::ParameterValue, 'Count who has 2FA and who doesn''t, and list what deserves a second look')
            [CompletionResult]::new('mail', 'mail', [CompletionResultType]::ParameterValue, 'Count how mails came out by board and mail domain, and what is missing')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'The newest events, or new ones as they come')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that no event was changed, inserted or removed')
            [CompletionResult]::new('checkpoint', 'checkpoint', [CompletionResultType]::ParameterValue, 'Verify the log, then sign its size and root, to be kept outside the database')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Copy the log, one event a line, oldest first')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Erase personal details that have been kept long enough; the log still verifies')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;audit;help;enrollments' {
            break
        }
        'balie;audit;help;mail' {
            break
        }
        'balie;audit;help;log' {
            break
        }
        'balie;audit;help;verify' {
            break
        }
        'balie;audit;help;checkpoint' {
            break
        }
        'balie;audit;help;export' {
            break
        }
        'balie;audit;help;prune' {
            break
        }
        'balie;audit;help;help' {
            break
        }
        'balie;answer' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Whose address to name')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'In which language: nl or en (default: yours, else the desk''s)')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;completions' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;man' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;schema' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--row', '--row', [CompletionResultType]::ParameterName, 'The schema of a line of `--format ndjson` instead')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;service' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'An account for a timer, with a token for just that job')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;service;add' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--job', '--job', [CompletionResultType]::ParameterName, 'What it does')
            [CompletionResult]::new('--expires', '--expires', [CompletionResultType]::ParameterName, 'For how long its token works, such as 90d; a year at most')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the token to this new file, rather than showing it')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;service;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'An account for a timer, with a token for just that job')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;service;help;add' {
            break
        }
        'balie;service;help;help' {
            break
        }
        'balie;settings' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every setting: what holds, and who set it when')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change one')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take the desk''s half of a config file over')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;settings;list' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;settings;set' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--default', '--default', [CompletionResultType]::ParameterName, 'Back to the default')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;settings;import' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;settings;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every setting: what holds, and who set it when')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change one')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take the desk''s half of a config file over')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;settings;help;list' {
            break
        }
        'balie;settings;help;set' {
            break
        }
        'balie;settings;help;import' {
            break
        }
        'balie;settings;help;help' {
            break
        }
        'balie;key' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Which sealing keys there are, and what is sealed under each')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Make a new sealing key and seal everything under it, while others work')
            [CompletionResult]::new('split', 'split', [CompletionResultType]::ParameterValue, 'Write a key file for a machine that resets but can''t open any account''s secret')
            [CompletionResult]::new('retire', 'retire', [CompletionResultType]::ParameterValue, 'Remove an old key from the key file, once nothing is sealed under it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;key;status' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;key;rotate' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the new keys to this file, if the keys come from a command')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;key;split' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;key;retire' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;key;help' {
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Which sealing keys there are, and what is sealed under each')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Make a new sealing key and seal everything under it, while others work')
            [CompletionResult]::new('split', 'split', [CompletionResultType]::ParameterValue, 'Write a key file for a machine that resets but can''t open any account''s secret')
            [CompletionResult]::new('retire', 'retire', [CompletionResultType]::ParameterValue, 'Remove an old key from the key file, once nothing is sealed under it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;key;help;status' {
            break
        }
        'balie;key;help;rotate' {
            break
        }
        'balie;key;help;split' {
            break
        }
        'balie;key;help;retire' {
            break
        }
        'balie;key;help;help' {
            break
        }
        'balie;outbox' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The newest mails, sent or not')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One mail, as its reader gets it; a code that it carries isn''t shown')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send what is due, over the server of `[smtp] url`')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;outbox;list' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'How many at most')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;outbox;show' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;outbox;send' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;outbox;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The newest mails, sent or not')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One mail, as its reader gets it; a code that it carries isn''t shown')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send what is due, over the server of `[smtp] url`')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;outbox;help;list' {
            break
        }
        'balie;outbox;help;show' {
            break
        }
        'balie;outbox;help;send' {
            break
        }
        'balie;outbox;help;help' {
            break
        }
        'balie;enroll' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('begin', 'begin', [CompletionResultType]::ParameterValue, 'Begin an enrollment, while the holder is present to scan the QR code with their own phone')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Activate it with a code from the app; the recovery code is shown, only this once')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import enrollments from a CSV of otpauth URIs: all or nothing, each sealed at once')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;enroll;begin' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--qr', '--qr', [CompletionResultType]::ParameterName, 'Write the QR code to a new file (.png or .svg) that only you can read')
            [CompletionResult]::new('--uri', '--uri', [CompletionResultType]::ParameterName, 'Write the otpauth URI to a new file that only you can read; `-` is standard output')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;enroll;confirm' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;enroll;import' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--allow-short', '--allow-short', [CompletionResultType]::ParameterName, 'Take secrets under 128 bits over too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;enroll;help' {
            [CompletionResult]::new('begin', 'begin', [CompletionResultType]::ParameterValue, 'Begin an enrollment, while the holder is present to scan the QR code with their own phone')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Activate it with a code from the app; the recovery code is shown, only this once')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import enrollments from a CSV of otpauth URIs: all or nothing, each sealed at once')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;enroll;help;begin' {
            break
        }
        'balie;enroll;help;confirm' {
            break
        }
        'balie;enroll;help;import' {
            break
        }
        'balie;enroll;help;help' {
            break
        }
        'balie;totp' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, '"My code isn''t accepted": say why, from a code that the caller reads aloud')
            [CompletionResult]::new('unlock', 'unlock', [CompletionResultType]::ParameterValue, 'Unlock a second factor that ten wrong codes in a row locked')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;totp;check' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input; a second line is the next code')
            [CompletionResult]::new('--whose-code', '--whose-code', [CompletionResultType]::ParameterName, 'Also look among colleagues of the same school and region')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;totp;unlock' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--take-over', '--take-over', [CompletionResultType]::ParameterName, 'Take over what a colleague has open; the log says so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;totp;help' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, '"My code isn''t accepted": say why, from a code that the caller reads aloud')
            [CompletionResult]::new('unlock', 'unlock', [CompletionResultType]::ParameterValue, 'Unlock a second factor that ten wrong codes in a row locked')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;totp;help;check' {
            break
        }
        'balie;totp;help;unlock' {
            break
        }
        'balie;totp;help;help' {
            break
        }
        'balie;portal' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Decide a login, exactly as the login screen would: the reference for portals')
            [CompletionResult]::new('password', 'password', [CompletionResultType]::ParameterValue, 'Set the password of an account that has none, or replace the old one')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;portal;login' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the password from a file')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Tell the operator which part was wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;portal;password' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the new password from standard input')
            [CompletionResult]::new('--hash-stdin', '--hash-stdin', [CompletionResultType]::ParameterName, 'Read an Argon2id hash (PHC string) from standard input')
            [CompletionResult]::new('--old-password-stdin', '--old-password-stdin', [CompletionResultType]::ParameterName, 'Read the old password from standard input first')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;portal;help' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Decide a login, exactly as the login screen would: the reference for portals')
            [CompletionResult]::new('password', 'password', [CompletionResultType]::ParameterValue, 'Set the password of an account that has none, or replace the old one')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;portal;help;login' {
            break
        }
        'balie;portal;help;password' {
            break
        }
        'balie;portal;help;help' {
            break
        }
        'balie;directory' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import regions.csv, organisations.csv, accounts.csv and requesters.csv: all or nothing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;directory;import' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: a file, sqlite:FILE or postgres://…')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How data is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask: fail, and name the flag to pass (this isn''t a yes)')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Go on without asking: the yes that a step of weight needs where nobody can be asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more (twice: even more)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'balie;directory;help' {
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import regions.csv, organisations.csv, accounts.csv and requesters.csv: all or nothing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;directory;help;import' {
            break
        }
        'balie;directory;help;help' {
            break
        }
        'balie;help' {
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'See it all in a minute: a desk''s morning on this machine alone')
            [CompletionResult]::new('desk', 'desk', [CompletionResultType]::ParameterValue, 'Guided work at a terminal: the queue of requests, one case at a time')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make the database, the keys, the config and the first operator')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check database, keys, clock, DNS and mail servers; each line says how to fix it')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Log in with password and code')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'End your session')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Who is at work, and until when')
            [CompletionResult]::new('operator', 'operator', [CompletionResultType]::ParameterValue, 'Who works here, as what, and where')
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'Search accounts (short for `account find`)')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'Accounts: who, where, and the state of the second factor')
            [CompletionResult]::new('region', 'region', [CompletionResultType]::ParameterValue, 'Regions and the addresses of their desks')
            [CompletionResult]::new('org', 'org', [CompletionResultType]::ParameterValue, 'Consortia, boards and schools')
            [CompletionResult]::new('requester', 'requester', [CompletionResultType]::ParameterValue, 'Who may ask for a reset')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Requests: mails from directors, board members and supervisors')
            [CompletionResult]::new('mailbox', 'mailbox', [CompletionResultType]::ParameterValue, 'The desk''s mailbox: take new requests from it')
            [CompletionResult]::new('reset', 'reset', [CompletionResultType]::ParameterValue, 'Reset 2FA of accounts, on a verified request')
            [CompletionResult]::new('recovery', 'recovery', [CompletionResultType]::ParameterValue, 'Recovery codes: a fresh one, on a verified request')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Undo the reset of a wrong account, as another operator')
            [CompletionResult]::new('pending', 'pending', [CompletionResultType]::ParameterValue, 'Who was reset and hasn''t enrolled again: time left, remind, reopen the window')
            [CompletionResult]::new('bulk', 'bulk', [CompletionResultType]::ParameterValue, 'Many accounts at once: plan a list, review it, carry it out')
            [CompletionResult]::new('case', 'case', [CompletionResultType]::ParameterValue, 'Break-glass: resets without a request, by two operators')
            [CompletionResult]::new('receipt', 'receipt', [CompletionResultType]::ParameterValue, 'Receipts of resets')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'The log: read it, verify it')
            [CompletionResult]::new('answer', 'answer', [CompletionResultType]::ParameterValue, 'The FAQ''s answer to read out or mail, with the region''s address filled in')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell''s completions')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write the man pages to a folder')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'What the documents of `--format json` look like: their JSON Schemas')
            [CompletionResult]::new('service', 'service', [CompletionResultType]::ParameterValue, 'Services: accounts for timers, each with a token for one job')
            [CompletionResult]::new('settings', 'settings', [CompletionResultType]::ParameterValue, 'The desk''s own rules and servers: show and change them')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Sealing keys: what is sealed under which, and a new one')
            [CompletionResult]::new('outbox', 'outbox', [CompletionResultType]::ParameterValue, 'Mails to holders and requesters')
            [CompletionResult]::new('enroll', 'enroll', [CompletionResultType]::ParameterValue, 'Authenticators: bind one while its holder is present, or import them from another system')
            [CompletionResult]::new('totp', 'totp', [CompletionResultType]::ParameterValue, '"My code isn''t accepted": say why, and unlock')
            [CompletionResult]::new('portal', 'portal', [CompletionResultType]::ParameterValue, 'What the login screen decides: the reference for portals')
            [CompletionResult]::new('directory', 'directory', [CompletionResultType]::ParameterValue, 'Import who is who from CSV files')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'balie;help;demo' {
            break
        }
        'balie;help;desk' {
            break
        }
        'balie;help;init' {
            break
        }
        'balie;help;doctor' {
            break
        }
        'balie;help;login' {
            break
        }
        'balie;help;logout' {
            break
        }
        'balie;help;whoami' {
            break
        }
        'balie;help;operator' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register an operator, with an initial password')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every operator')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One operator')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Disable an operator: their sessions end at once')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Let a disabled operator work again')
            [CompletionResult]::new('role', 'role', [CompletionResultType]::ParameterValue, 'Give an operator another role, other regions, a work address or a duty')
            [CompletionResult]::new('reset-password', 'reset-password', [CompletionResultType]::ParameterValue, 'Give an operator an initial password, or choose your own')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Tokens for scripts')
            break
        }
        'balie;help;operator;add' {
            break
        }
        'balie;help;operator;list' {
            break
        }
        'balie;help;operator;show' {
            break
        }
        'balie;help;operator;disable' {
            break
        }
        'balie;help;operator;enable' {
            break
        }
        'balie;help;operator;role' {
            break
        }
        'balie;help;operator;reset-password' {
            break
        }
        'balie;help;operator;token' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Make a token for a script')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Tokens, newest first')
            [CompletionResult]::new('accept', 'accept', [CompletionResultType]::ParameterValue, 'Accept a token that a colleague made in your name')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a token')
            break
        }
        'balie;help;operator;token;add' {
            break
        }
        'balie;help;operator;token;list' {
            break
        }
        'balie;help;operator;token;accept' {
            break
        }
        'balie;help;operator;token;revoke' {
            break
        }
        'balie;help;find' {
            break
        }
        'balie;help;account' {
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'Search accounts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One account: who, where, and the state of the second factor')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register an account: a new colleague''s, or a personal one for somebody who shared a login')
            [CompletionResult]::new('block', 'block', [CompletionResultType]::ParameterValue, 'Block an account and end its sessions')
            [CompletionResult]::new('unblock', 'unblock', [CompletionResultType]::ParameterValue, 'Unblock an account (a senior)')
            [CompletionResult]::new('shared', 'shared', [CompletionResultType]::ParameterValue, 'Logins that look as if several people use them')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'What was done to one account, newest first')
            break
        }
        'balie;help;account;find' {
            break
        }
        'balie;help;account;show' {
            break
        }
        'balie;help;account;add' {
            break
        }
        'balie;help;account;block' {
            break
        }
        'balie;help;account;unblock' {
            break
        }
        'balie;help;account;shared' {
            break
        }
        'balie;help;account;history' {
            break
        }
        'balie;help;region' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every region, or the page of their desks'' addresses')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One region')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register a region, with the address of its desk')
            break
        }
        'balie;help;region;list' {
            break
        }
        'balie;help;region;show' {
            break
        }
        'balie;help;region;add' {
            break
        }
        'balie;help;org' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every organisation, or those of a region')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One organisation, with its mail domains and requesters')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register a consortium, a board or a school')
            break
        }
        'balie;help;org;list' {
            break
        }
        'balie;help;org;show' {
            break
        }
        'balie;help;org;add' {
            break
        }
        'balie;help;requester' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every requester, those of an organisation, or those due for review')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'What is on file under one work address')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Register somebody who may ask for a reset')
            [CompletionResult]::new('end', 'end', [CompletionResultType]::ParameterValue, 'From now on this address may no longer ask')
            [CompletionResult]::new('review', 'review', [CompletionResultType]::ParameterValue, 'Record that what is on file was reviewed and is right')
            break
        }
        'balie;help;requester;list' {
            break
        }
        'balie;help;requester;show' {
            break
        }
        'balie;help;requester;add' {
            break
        }
        'balie;help;requester;end' {
            break
        }
        'balie;help;requester;review' {
            break
        }
        'balie;help;request' {
            [CompletionResult]::new('receive', 'receive', [CompletionResultType]::ParameterValue, 'Receive a mail, check it, and give the verdict')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The requests: those that wait first, the oldest at the top')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One request: who asks, for whom, and why the verdict is what it is')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve what it asks for, as a second operator')
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Say which accounts a request is for')
            [CompletionResult]::new('challenge', 'challenge', [CompletionResultType]::ParameterValue, 'Mail a code to the requester''s address on file')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Check the code that the requester gives back')
            [CompletionResult]::new('reject', 'reject', [CompletionResultType]::ParameterValue, 'Reject a request, and tell the requester''s address on file')
            [CompletionResult]::new('close', 'close', [CompletionResultType]::ParameterValue, 'Close what isn''t a request (a thank-you, junk, the same mail again): nobody is mailed')
            [CompletionResult]::new('reverify', 'reverify', [CompletionResultType]::ParameterValue, 'Run the checks again from the record, and settle what DNS left open')
            break
        }
        'balie;help;request;receive' {
            break
        }
        'balie;help;request;list' {
            break
        }
        'balie;help;request;show' {
            break
        }
        'balie;help;request;approve' {
            break
        }
        'balie;help;request;assign' {
            break
        }
        'balie;help;request;challenge' {
            break
        }
        'balie;help;request;confirm' {
            break
        }
        'balie;help;request;reject' {
            break
        }
        'balie;help;request;close' {
            break
        }
        'balie;help;request;reverify' {
            break
        }
        'balie;help;mailbox' {
            [CompletionResult]::new('fetch', 'fetch', [CompletionResultType]::ParameterValue, 'Take new requests from the desk''s mailbox')
            [CompletionResult]::new('quarantine', 'quarantine', [CompletionResultType]::ParameterValue, 'Messages that couldn''t be taken, and why')
            break
        }
        'balie;help;mailbox;fetch' {
            break
        }
        'balie;help;mailbox;quarantine' {
            break
        }
        'balie;help;reset' {
            break
        }
        'balie;help;recovery' {
            [CompletionResult]::new('reissue', 'reissue', [CompletionResultType]::ParameterValue, 'Issue a fresh recovery code on a verified request; it goes to the holder')
            break
        }
        'balie;help;recovery;reissue' {
            break
        }
        'balie;help;undo' {
            break
        }
        'balie;help;pending' {
            break
        }
        'balie;help;bulk' {
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'Make a plan from a list: every account is checked now, none is touched')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The newest plans')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'A plan, and what became of each row')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve a plan, as a second operator')
            [CompletionResult]::new('apply', 'apply', [CompletionResultType]::ParameterValue, 'Carry out a plan, from where the last run ended')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Cancel a plan; what was done stands')
            break
        }
        'balie;help;bulk;plan' {
            break
        }
        'balie;help;bulk;list' {
            break
        }
        'balie;help;bulk;show' {
            break
        }
        'balie;help;bulk;approve' {
            break
        }
        'balie;help;bulk;apply' {
            break
        }
        'balie;help;bulk;cancel' {
            break
        }
        'balie;help;case' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The newest cases')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One case: who started it, and why')
            [CompletionResult]::new('complete', 'complete', [CompletionResultType]::ParameterValue, 'Reset, as the second operator')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Cancel it')
            break
        }
        'balie;help;case;list' {
            break
        }
        'balie;help;case;show' {
            break
        }
        'balie;help;case;complete' {
            break
        }
        'balie;help;case;cancel' {
            break
        }
        'balie;help;receipt' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print the receipt of a reset again')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check a receipt against the desk''s public key, offline')
            break
        }
        'balie;help;receipt;show' {
            break
        }
        'balie;help;receipt;verify' {
            break
        }
        'balie;help;audit' {
            [CompletionResult]::new('enrollments', 'enrollments', [CompletionResultType]::ParameterValue, 'Count who has 2FA and who doesn''t, and list what deserves a second look')
            [CompletionResult]::new('mail', 'mail', [CompletionResultType]::ParameterValue, 'Count how mails came out by board and mail domain, and what is missing')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'The newest events, or new ones as they come')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that no event was changed, inserted or removed')
            [CompletionResult]::new('checkpoint', 'checkpoint', [CompletionResultType]::ParameterValue, 'Verify the log, then sign its size and root, to be kept outside the database')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Copy the log, one event a line, oldest first')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Erase personal details that have been kept long enough; the log still verifies')
            break
        }
        'balie;help;audit;enrollments' {
            break
        }
        'balie;help;audit;mail' {
            break
        }
        'balie;help;audit;log' {
            break
        }
        'balie;help;audit;verify' {
            break
        }
        'balie;help;audit;checkpoint' {
            break
        }
        'balie;help;audit;export' {
            break
        }
        'balie;help;audit;prune' {
            break
        }
        'balie;help;answer' {
            break
        }
        'balie;help;completions' {
            break
        }
        'balie;help;man' {
            break
        }
        'balie;help;schema' {
            break
        }
        'balie;help;service' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'An account for a timer, with a token for just that job')
            break
        }
        'balie;help;service;add' {
            break
        }
        'balie;help;settings' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Every setting: what holds, and who set it when')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change one')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take the desk''s half of a config file over')
            break
        }
        'balie;help;settings;list' {
            break
        }
        'balie;help;settings;set' {
            break
        }
        'balie;help;settings;import' {
            break
        }
        'balie;help;key' {
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Which sealing keys there are, and what is sealed under each')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Make a new sealing key and seal everything under it, while others work')
            [CompletionResult]::new('split', 'split', [CompletionResultType]::ParameterValue, 'Write a key file for a machine that resets but can''t open any account''s secret')
            [CompletionResult]::new('retire', 'retire', [CompletionResultType]::ParameterValue, 'Remove an old key from the key file, once nothing is sealed under it')
            break
        }
        'balie;help;key;status' {
            break
        }
        'balie;help;key;rotate' {
            break
        }
        'balie;help;key;split' {
            break
        }
        'balie;help;key;retire' {
            break
        }
        'balie;help;outbox' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The newest mails, sent or not')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One mail, as its reader gets it; a code that it carries isn''t shown')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send what is due, over the server of `[smtp] url`')
            break
        }
        'balie;help;outbox;list' {
            break
        }
        'balie;help;outbox;show' {
            break
        }
        'balie;help;outbox;send' {
            break
        }
        'balie;help;enroll' {
            [CompletionResult]::new('begin', 'begin', [CompletionResultType]::ParameterValue, 'Begin an enrollment, while the holder is present to scan the QR code with their own phone')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Activate it with a code from the app; the recovery code is shown, only this once')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import enrollments from a CSV of otpauth URIs: all or nothing, each sealed at once')
            break
        }
        'balie;help;enroll;begin' {
            break
        }
        'balie;help;enroll;confirm' {
            break
        }
        'balie;help;enroll;import' {
            break
        }
        'balie;help;totp' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, '"My code isn''t accepted": say why, from a code that the caller reads aloud')
            [CompletionResult]::new('unlock', 'unlock', [CompletionResultType]::ParameterValue, 'Unlock a second factor that ten wrong codes in a row locked')
            break
        }
        'balie;help;totp;check' {
            break
        }
        'balie;help;totp;unlock' {
            break
        }
        'balie;help;portal' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Decide a login, exactly as the login screen would: the reference for portals')
            [CompletionResult]::new('password', 'password', [CompletionResultType]::ParameterValue, 'Set the password of an account that has none, or replace the old one')
            break
        }
        'balie;help;portal;login' {
            break
        }
        'balie;help;portal;password' {
            break
        }
        'balie;help;directory' {
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import regions.csv, organisations.csv, accounts.csv and requesters.csv: all or nothing')
            break
        }
        'balie;help;directory;import' {
            break
        }
        'balie;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
