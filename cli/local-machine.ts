/** Finds the machine that `npm start` runs here: it leaves its handlers' environment in its data folder. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const NOTE = join(__dirname, '..', '.paperboy', 'data', 'machine.json');

export async function useLocalMachine(): Promise<void> {
  try {
    Object.assign(
      process.env,
      z.record(z.string(), z.string()).parse(JSON.parse(await readFile(NOTE, 'utf8'))),
    );
  } catch (cause) {
    throw new Error('No machine runs here. Start one with npm start.', { cause });
  }
}
