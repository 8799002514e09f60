/** One sentence in the middle of the screen. */

export function Message({ text }: { text: string }) {
  return (
    <main class="message">
      <p>{text}</p>
    </main>
  );
}
