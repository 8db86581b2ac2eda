//! How the domain's values stand in a column.

use std::error::Error;

use sqlx::encode::IsNull;
use sqlx::{Database, Decode, Encode, Type};

use crate::domain::account::AccountStatus;
use crate::domain::account::enrollment_window::Reminder;
use crate::domain::bulk::plan::{PlanId, RowState};
use crate::domain::bulk::work::PlanAction;
use crate::domain::code::{OrganisationCode, RegionCode, RoleName, Username};
use crate::domain::directory::address::{MailDomain, WorkAddress};
use crate::domain::directory::capacity::Capacity;
use crate::domain::directory::organisation::OrganisationKind;
use crate::domain::language::Language;
use crate::domain::operator::job::Job;
use crate::domain::operator::{ExtraDuty, Role};
use crate::domain::request::id::RequestId;
use crate::domain::request::verdict::Verdict;
use crate::domain::second_factor::delivery::Delivery;
use crate::domain::second_factor::totp::Algorithm;
use crate::domain::timestamp::Timestamp;

impl<DB: Database> Type<DB> for Timestamp
where
    i64: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        <i64 as Type<DB>>::type_info()
    }

    fn compatible(ty: &DB::TypeInfo) -> bool {
        <i64 as Type<DB>>::compatible(ty)
    }
}

impl<'q, DB: Database> Encode<'q, DB> for Timestamp
where
    i64: Encode<'q, DB>,
{
    fn encode_by_ref(
        &self,
        buf: &mut DB::ArgumentBuffer,
    ) -> Result<IsNull, Box<dyn Error + Send + Sync>> {
        self.as_micros().encode_by_ref(buf)
    }
}

impl<'r, DB: Database> Decode<'r, DB> for Timestamp
where
    i64: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, Box<dyn Error + Send + Sync>> {
        i64::decode(value).map(Self::from_micros)
    }
}

/// A yes or a no, as a column keeps it: 1, or 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flag(bool);

impl From<Flag> for bool {
    fn from(flag: Flag) -> Self {
        flag.0
    }
}

impl<DB: Database> Type<DB> for Flag
where
    i64: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        <i64 as Type<DB>>::type_info()
    }

    fn compatible(ty: &DB::TypeInfo) -> bool {
        <i64 as Type<DB>>::compatible(ty)
    }
}

impl<'r, DB: Database> Decode<'r, DB> for Flag
where
    i64: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, Box<dyn Error + Send + Sync>> {
        match i64::decode(value)? {
            0 => Ok(Self(false)),
            1 => Ok(Self(true)),
            other => Err(format!("{other} is neither 1 nor 0").into()),
        }
    }
}

/// Reads a text column as a value that its parser lets through; anything else is damage.
macro_rules! text_column {
    ($($type:ty),+ $(,)?) => { $(
        impl<DB: Database> Type<DB> for $type
        where
            String: Type<DB>,
        {
            fn type_info() -> DB::TypeInfo {
                <String as Type<DB>>::type_info()
            }

            fn compatible(ty: &DB::TypeInfo) -> bool {
                <String as Type<DB>>::compatible(ty)
            }
        }

        impl<'q, DB: Database> Encode<'q, DB> for $type
        where
            String: Encode<'q, DB>,
        {
            fn encode_by_ref(
                &self,
                buf: &mut DB::ArgumentBuffer,
            ) -> Result<IsNull, Box<dyn Error + Send + Sync>> {
                self.as_str().to_owned().encode_by_ref(buf)
            }
        }

        impl<'r, DB: Database> Decode<'r, DB> for $type
        where
            &'r str: Decode<'r, DB>,
        {
            fn decode(value: DB::ValueRef<'r>) -> Result<Self, Box<dyn Error + Send + Sync>> {
                Ok(<&str as Decode<'r, DB>>::decode(value)?.parse()?)
            }
        }
    )+ };
}

text_column!(
    AccountStatus,
    Algorithm,
    Capacity,
    Delivery,
    ExtraDuty,
    Job,
    Language,
    MailDomain,
    OrganisationCode,
    OrganisationKind,
    PlanAction,
    PlanId,
    RegionCode,
    Reminder,
    RequestId,
    Role,
    RoleName,
    RowState,
    Username,
    Verdict,
    WorkAddress,
);
