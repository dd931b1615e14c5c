-- Whether it was told that a worker is not heard of: so that each silence, and its end, is told once.
ALTER TABLE workers ADD COLUMN silent boolean NOT NULL DEFAULT false;

-- Those that are not heard of already are no news.
UPDATE workers SET silent = true WHERE last_seen_at < now() - interval '30 seconds';
