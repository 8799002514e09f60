/** A sentence in the middle of the screen, where there is nothing else to show. */

export function Message({ title = '', text }: { title?: string; text: string }) {
  return (
    <main class="message">
      {title && <h1>{title}</h1>}
      <p>{text}</p>
    </main>
  );
}
