//! Whom somebody reaches, as a condition in SQL. `$n` is the holder of the regions, NULL for everywhere.

/// The region with the internal id `$region` is reached by the holder `$n`.
macro_rules! region_reached {
    ($region:literal, $n:literal) => {
        concat!(
            "(",
            $n,
            " IS NULL OR ",
            $region,
            " IN (SELECT rs.region_id FROM region_scopes rs WHERE rs.holder = ",
            $n,
            "))"
        )
    };
}

/// The account with the internal id `$account` has a role in a region that the holder `$n` reaches.
macro_rules! account_reached {
    ($account:literal, $n:literal) => {
        concat!(
            "(",
            $n,
            " IS NULL OR EXISTS (SELECT 1 FROM account_roles rr",
            " JOIN organisations ro ON ro.id = rr.organisation_id",
            " JOIN region_scopes rs ON rs.region_id = ro.region_id",
            " WHERE rr.account_id = ",
            $account,
            " AND rs.holder = ",
            $n,
            "))"
        )
    };
}

/// The mail names the desk of a region that the holder `$n` reaches: every notice does.
macro_rules! mail_reached {
    ($n:literal) => {
        concat!(
            "(",
            $n,
            " IS NULL OR EXISTS (SELECT 1 FROM region_scopes rs",
            " JOIN regions rr ON rr.id = rs.region_id WHERE rs.holder = ",
            $n,
            " AND replace(notice, rr.servicedesk_address, '') <> notice))"
        )
    };
}

pub(super) use {account_reached, mail_reached, region_reached};
