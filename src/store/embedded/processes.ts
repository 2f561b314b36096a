// What can be told about another process from its pid.
import { readlink } from 'node:fs/promises';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process, which is a process.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The folder a process works in; null where the system doesn't tell (no /proc, not ours to see). */
export async function workingFolderOf(pid: number): Promise<string | null> {
  return readlink(`/proc/${pid}/cwd`).catch(() => null);
}
