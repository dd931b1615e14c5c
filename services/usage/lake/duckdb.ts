// DuckDB as it is used here: in memory, bounded, and with no way out of the lake's directory.
import { requireVersion } from '@constellation/platform/least-versions.ts'
import { type DuckDBConnection, DuckDBInstance, version } from '@duckdb/node-api'
import { literal } from './columns.ts'

export interface DuckDBLimits {
  /** In MiB. What does not fit is spilled to the lake's directory. */
  memoryMb: number
  threads: number
}

/** A DuckDB that reads and writes within `directory` alone; what it is set to can be changed no more. */
export async function openDuckDB(directory: string, limits: DuckDBLimits): Promise<DuckDBInstance> {
  const { instance, connection } = await openConnection(directory, limits)
  connection.closeSync()
  return instance
}

/** The same, with its first connection, which tells how far a statement is. */
export async function openConnection(
  directory: string,
  { memoryMb, threads }: DuckDBLimits,
): Promise<{ instance: DuckDBInstance; connection: DuckDBConnection }> {
  requireVersion('DuckDB', version())
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${memoryMb}MiB`,
    threads: String(threads),
    temp_directory: `${directory}/spill`,
    max_temp_directory_size: '20GiB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run('SET GLOBAL parquet_metadata_cache = true')
  await connection.run('SET enable_progress_bar = true')
  await connection.run('SET enable_progress_bar_print = false')
  await connection.run(`SET allowed_directories = [${literal(directory)}]`)
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
  return { instance, connection }
}
