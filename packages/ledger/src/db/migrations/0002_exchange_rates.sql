-- Why: reference rates of the European Central Bank by day. Lock risk: none (new table). Way back: drop table.
create table ledger.exchange_rate (
  date date not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- Units of the currency for one euro, exactly as published.
  per_euro numeric(24, 12) not null check (per_euro > 0),
  source text not null,
  primary key (date, currency)
);
create index exchange_rate_by_currency on ledger.exchange_rate (currency, date desc);
-- Public facts: every organisation may read them; a published rate is never changed.
grant select, insert on ledger.exchange_rate to biotop_app;
