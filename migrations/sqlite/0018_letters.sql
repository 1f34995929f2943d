-- Mails with a link: one that sets a new password (`reset`), one that proves an address (`verify`). Of the token in the
-- link only the hash is kept. A letter whose work was done, or that another one made needless, has a `used_at`.
create table letters (
  id blob primary key not null,
  user_id blob not null references users (id) on delete cascade,
  purpose text not null,
  token_hash blob not null unique,
  created_at text not null,
  expires_at text not null,
  used_at text
) strict;
create index letters_by_user on letters (user_id, purpose, created_at);
