//! Exact decimals in both databases: `numeric` on PostgreSQL, text on SQLite, which has no decimal of its own.

use rust_decimal::Decimal;
use sqlx::{
    Postgres, Sqlite,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef},
    sqlite::{SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef},
};

/// A decimal on its way into or out of a database. It comes back without trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Money(pub(crate) Decimal);

impl sqlx::Type<Postgres> for Money {
    fn type_info() -> PgTypeInfo {
        <Decimal as sqlx::Type<Postgres>>::type_info()
    }
}

impl sqlx::Encode<'_, Postgres> for Money {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <Decimal as sqlx::Encode<Postgres>>::encode_by_ref(&self.0, buffer)
    }
}

impl<'r> sqlx::Decode<'r, Postgres> for Money {
    fn decode(value: PgValueRef<'r>) -> Result<Money, BoxDynError> {
        Ok(Money(<Decimal as sqlx::Decode<Postgres>>::decode(value)?.normalize()))
    }
}

impl sqlx::Type<Sqlite> for Money {
    fn type_info() -> SqliteTypeInfo {
        <String as sqlx::Type<Sqlite>>::type_info()
    }
}

impl sqlx::Encode<'_, Sqlite> for Money {
    fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        sqlx::Encode::<Sqlite>::encode(self.0.to_string(), buffer)
    }
}

impl<'r> sqlx::Decode<'r, Sqlite> for Money {
    fn decode(value: SqliteValueRef<'r>) -> Result<Money, BoxDynError> {
        Ok(Money(<&str as sqlx::Decode<Sqlite>>::decode(value)?.parse::<Decimal>()?.normalize()))
    }
}
