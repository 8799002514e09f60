/** Whether the browser promised not to throw this tablet's data away when space runs short. */

export type Persistence = 'granted' | 'refused' | 'unknown';

/** Ask for the promise; `unknown` where the browser has no such question (outside a secure context, say). */
export async function askForPersistence(
  storage: Partial<StorageManager> = (navigator as Partial<Navigator>).storage ?? {},
): Promise<Persistence> {
  if (!storage.persist || !storage.persisted) return 'unknown';
  try {
    const granted = (await storage.persisted()) || (await storage.persist());
    return granted ? 'granted' : 'refused';
  } catch {
    return 'unknown';
  }
}
