-- Sums by day of UTC, for what a page shows of an account at once: of a month they are a twentieth of those by hour.
CREATE TABLE daily (
  day          date NOT NULL,
  account      text NOT NULL,
  submitted_by text NOT NULL,
  model        text NOT NULL,
  -- Empty where there was no price.
  currency     text NOT NULL,
  runs         bigint NOT NULL,
  held_us      bigint NOT NULL,
  wasted_us    bigint NOT NULL,
  utilised_us  bigint NOT NULL,
  measured_us  bigint NOT NULL,
  energy_mj    bigint NOT NULL,
  cost         numeric(28, 10) NOT NULL,
  PRIMARY KEY (account, day, submitted_by, model, currency)
);

-- Whatever changes the sums by hour changes these, in the same transaction. So no writer needs to know of them.
CREATE FUNCTION add_hours_to_days() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  added   constant text := 'SELECT *, 1 AS sign FROM added';
  removed constant text := 'SELECT *, -1 AS sign FROM removed';
  changes text;
BEGIN
  changes := CASE TG_OP WHEN 'INSERT' THEN added WHEN 'DELETE' THEN removed ELSE added || ' UNION ALL ' || removed END;
  -- In one order everywhere, so that two who write do not wait for each other in a circle.
  EXECUTE format($sql$
    INSERT INTO daily AS d (day, account, submitted_by, model, currency, runs, held_us, wasted_us, utilised_us, measured_us,
      energy_mj, cost)
    SELECT (hour AT TIME ZONE 'UTC')::date, account, submitted_by, model, currency, sum(sign * runs), sum(sign * held_us),
      sum(sign * wasted_us), sum(sign * utilised_us), sum(sign * measured_us), sum(sign * energy_mj), sum(sign * cost)
    FROM (%s) c GROUP BY 1, 2, 3, 4, 5 ORDER BY 2, 1, 3, 4, 5
    ON CONFLICT (account, day, submitted_by, model, currency) DO UPDATE SET
      runs = d.runs + excluded.runs, held_us = d.held_us + excluded.held_us, wasted_us = d.wasted_us + excluded.wasted_us,
      utilised_us = d.utilised_us + excluded.utilised_us, measured_us = d.measured_us + excluded.measured_us,
      energy_mj = d.energy_mj + excluded.energy_mj, cost = d.cost + excluded.cost
  $sql$, changes);
  RETURN NULL;
END $$;

CREATE FUNCTION empty_days() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  TRUNCATE daily;
  RETURN NULL;
END $$;

CREATE TRIGGER hours_entered AFTER INSERT ON hourly REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION add_hours_to_days();
CREATE TRIGGER hours_changed AFTER UPDATE ON hourly REFERENCING NEW TABLE AS added OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION add_hours_to_days();
CREATE TRIGGER hours_removed AFTER DELETE ON hourly REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION add_hours_to_days();
CREATE TRIGGER hours_emptied AFTER TRUNCATE ON hourly FOR EACH STATEMENT EXECUTE FUNCTION empty_days();

INSERT INTO daily
SELECT (hour AT TIME ZONE 'UTC')::date, account, submitted_by, model, currency, sum(runs), sum(held_us), sum(wasted_us),
  sum(utilised_us), sum(measured_us), sum(energy_mj), sum(cost)
FROM hourly GROUP BY 1, 2, 3, 4, 5;

-- From when on the lake had what is in the file: what was used earlier is kept no longer. Null where all of it was.
ALTER TABLE exports ADD COLUMN complete_from date;
