//! What speaks for a login's being shared, kept with the account: read at once of a million of them. What the
//! texts show comes from the domain; what other rows show is looked up here. Only what differs is written.

use crate::domain::account::shared_login::{MANY_ROLES, SharedSign, bits_in_texts};
use crate::store::{Result, Tx, run};

/// Sets the bit `$1` of accounts that lack it, where the condition holds.
macro_rules! set {
    ($condition:literal) => {
        concat!(
            "UPDATE accounts SET shared_signs = shared_signs | $1
             WHERE (shared_signs & $1) = 0 AND ",
            $condition
        )
    };
}

/// Clears it of those that have it, where the condition holds.
macro_rules! clear {
    ($condition:literal) => {
        concat!(
            "UPDATE accounts SET shared_signs = shared_signs & ~CAST($1 AS BIGINT)
             WHERE shared_signs <> 0 AND (shared_signs & $1) <> 0 AND ",
            $condition
        )
    };
}

const SAME_ADDRESS: &str = set!(
    "work_email IN (SELECT b.work_email FROM accounts b GROUP BY b.work_email HAVING COUNT(*) > 1)"
);
const OWN_ADDRESS: &str = clear!(
    "NOT EXISTS (SELECT 1 FROM accounts b WHERE b.work_email = accounts.work_email AND b.id <> accounts.id)"
);
const MANY_AT_ONE: &str = set!(
    "id IN (SELECT r.account_id FROM account_roles r
            GROUP BY r.account_id, r.organisation_id HAVING COUNT(*) >= $2)"
);
const FEW_AT_ONE: &str = clear!(
    "NOT EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = accounts.id
                 GROUP BY r.organisation_id HAVING COUNT(*) >= $2)"
);

impl Tx {
    /// After an import: what the staged texts show, and what all accounts show together.
    pub async fn mark_shared_logins(&mut self) -> Result<()> {
        run!(
            self,
            "UPDATE accounts SET shared_signs = (accounts.shared_signs & ~CAST($1 AS BIGINT)) | s.shared
             FROM stage_accounts s
             WHERE s.username = accounts.username AND (accounts.shared_signs & $1) <> s.shared",
            bits_in_texts()
        );
        let (address, roles) = (SharedSign::SameAddress.bit(), SharedSign::ManyRoles.bit());
        run!(self, SAME_ADDRESS, address);
        run!(self, OWN_ADDRESS, address);
        run!(self, MANY_AT_ONE, roles, MANY_ROLES);
        run!(self, FEW_AT_ONE, roles, MANY_ROLES);
        Ok(())
    }

    /// After one account was added: its own signs (`texts` are the bits of what its texts show), and those
    /// of the accounts that it shares an address with or takes the place of.
    pub async fn mark_shared_login(
        &mut self,
        account: i64,
        texts: i64,
        shared: Option<i64>,
    ) -> Result<()> {
        const MANY: &str = "\
            UPDATE accounts SET shared_signs = shared_signs | $1
            WHERE id = $3 AND EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = $3
                                      GROUP BY r.organisation_id HAVING COUNT(*) >= $2)";
        const SAME: &str = "\
            UPDATE accounts SET shared_signs = shared_signs | $1
            WHERE work_email = (SELECT a.work_email FROM accounts a WHERE a.id = $2)
              AND EXISTS (SELECT 1 FROM accounts b
                          WHERE b.work_email = accounts.work_email AND b.id <> accounts.id)";
        const ONE: &str = "UPDATE accounts SET shared_signs = shared_signs | $1 WHERE id = $2";
        run!(self, ONE, texts, account);
        run!(self, MANY, SharedSign::ManyRoles.bit(), MANY_ROLES, account);
        run!(self, SAME, SharedSign::SameAddress.bit(), account);
        if let Some(shared) = shared {
            run!(self, ONE, SharedSign::PersonalIssued.bit(), shared);
        }
        Ok(())
    }
}
