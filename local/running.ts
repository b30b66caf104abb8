/** One machine per data folder: a note with the process that has it. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkRoom, diskProblem } from './disk';

/** Takes the folder for this process; answers what gives it back. Throws when a running process has it. */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  const note = join(folder, 'process');
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new Error(diskProblem(cause, folder) ?? `Can't keep data in ${folder}`, { cause });
  }
  const other = Number(await readFile(note, 'utf8').catch(() => '0'));
  if (other && other !== process.pid && isRunning(other))
    throw new Error(
      `Paperboy already runs with the data in ${folder} (process ${other}). Stop it, or choose another folder with --data FOLDER.`,
    );
  await checkRoom(folder);
  await writeFile(note, String(process.pid));
  return () => rm(note, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
