-- The lakes that are filled from this ledger, and how far each may be: a state that was published is at most of this
-- version. A database that is of another past than a lake says less of it, or nothing.
CREATE TABLE lakes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  version bigint NOT NULL
);
