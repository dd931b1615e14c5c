import { expect, it } from 'vitest'
import { contractions } from './expand-only.ts'

const of = (sql: string, needs = 0, released = 15) =>
  contractions({ name: '0016_next', sql, sha256: '', needs }, released)

it.each([
  'CREATE TABLE a (b int NOT NULL); ALTER TABLE a ADD CHECK (b > 0); CREATE UNIQUE INDEX c ON a (b)',
  'ALTER TABLE jobs ADD COLUMN colour text, ADD COLUMN size integer NOT NULL DEFAULT 0',
  'ALTER TABLE jobs ADD COLUMN half numeric(10, 2) NOT NULL GENERATED ALWAYS AS (size / 2) STORED',
  'CREATE OR REPLACE VIEW seen AS SELECT 1; CREATE INDEX d ON jobs (colour); DROP INDEX jobs_by_name',
  'ALTER TABLE runs DROP CONSTRAINT runs_state, ADD CONSTRAINT runs_state CHECK (state <> $$$$)',
  "-- DROP TABLE jobs; and why not\nINSERT INTO notes VALUES ('RENAME; DROP TABLE jobs')",
  'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DROP TABLE jobs; END $$',
])('a migration may: %s', (sql) => {
  expect(of(sql)).toEqual([])
})

it.each([
  ['DROP TABLE jobs', 'takes something away'],
  ['ALTER TABLE jobs\n  DROP COLUMN colour', 'takes something away'],
  ['ALTER TABLE jobs DROP colour', 'takes something away'],
  ['DROP VIEW event_messages', 'takes something away'],
  ['ALTER TABLE jobs RENAME COLUMN name TO title', 'renames something'],
  ['ALTER TABLE jobs ALTER COLUMN priority TYPE bigint', 'gives a column another type'],
  ['ALTER TABLE jobs ALTER colour SET NOT NULL', 'requires a value'],
  [
    'ALTER TABLE jobs ADD COLUMN a text, ADD COLUMN size integer NOT NULL',
    'adds a column that earlier programs do not fill',
  ],
  ['ALTER TABLE jobs ADD owner text NOT NULL', 'adds a column that earlier programs do not fill'],
  ['ALTER TABLE jobs ADD CONSTRAINT positive CHECK (priority > 0)', 'rows of earlier programs may break'],
  ['ALTER TABLE jobs ADD UNIQUE (name)', 'rows of earlier programs may break'],
  ['CREATE UNIQUE INDEX one_name ON jobs (name)', 'rows of earlier programs may break'],
])('a migration may not: %s', (sql, why) => {
  expect(of(sql)).toEqual([expect.stringContaining(why)])
})

it('what goes may go where programs that use it are in service no more', () => {
  expect(of('DROP TABLE colours', 15)).toEqual([])
  expect(of('DROP TABLE colours', 16, 15)).toEqual([
    expect.stringContaining('contracts since 16, which is not released'),
  ])
})

it('what is released is as it is', () => {
  expect(of('DROP TABLE jobs', 0, 16)).toEqual([])
})
