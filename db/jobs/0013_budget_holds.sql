-- Budgets that are used up, whose accounts' jobs are not started until the month ends: as the usage service has told
-- them last. It says all of them again and again, so what stands here is at most a few seconds old.
CREATE TABLE budget_holds (
  budget_id uuid PRIMARY KEY,
  account   text NOT NULL,
  -- A currency, or GPU_HOURS.
  unit      text NOT NULL,
  amount    numeric NOT NULL,
  spent     numeric NOT NULL,
  until     timestamptz NOT NULL
);
CREATE INDEX budget_holds_of_account ON budget_holds (account);

-- What was told later has a higher version; what comes late is not believed.
CREATE TABLE budget_holds_heard (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version  bigint NOT NULL DEFAULT -1
);
INSERT INTO budget_holds_heard DEFAULT VALUES;
