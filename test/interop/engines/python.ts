import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the engines are installed; git ignores it. */
export const ENGINES_FOLDER: string = fileURLToPath(new URL('../../../.engines', import.meta.url))

/** Iceberg for Spark, which Spark fetches from Maven itself. */
export const SPARK_JAR = 'org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:1.12.0'

/** Runs a Python script of the engines' environment with a request as its input, and returns what it prints. */
export async function python(script: URL, request: object, environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const child = spawn(join(ENGINES_FOLDER, 'venv/bin/python'), [fileURLToPath(script)], {
    cwd: ENGINES_FOLDER,
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', process.env['ENGINES_LOG'] === undefined ? 'ignore' : 'inherit'],
  })
  child.stdin.end(JSON.stringify(request))
  let output = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) output += chunk
  return output
}
