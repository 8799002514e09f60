// What is wrong with the picture a screen shows: text below a thirtieth of the height, cut off, over other text or the footer.
() => {
  const wrong = [];
  const lines = [];
  const footer = document.querySelector('.footer').getBoundingClientRect();
  const footerTop = footer.height > 0 ? footer.top : innerHeight;
  for (const element of document.querySelectorAll('#screen *')) {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const style = getComputedStyle(element);
    if (own.length === 0 || style.visibility === 'hidden' || style.display === 'none') continue;
    const what = `${element.className || element.tagName} “${element.textContent.slice(0, 30)}”`;
    const size = parseFloat(style.fontSize);
    if (innerWidth > 600 && size < innerHeight / 30 - 0.01) wrong.push(`${what} is written in ${size} px`);
    const range = document.createRange();
    range.selectNodeContents(element);
    const text = range.getBoundingClientRect();
    // A line's box is higher than its letters; what is within the middle half of it is ink.
    for (const { left, right, top, height } of range.getClientRects()) lines.push({ element, what, left, right, top: top + height / 4, bottom: top + (3 * height) / 4 });
    const right = Math.min(innerWidth, element.closest('.screen').getBoundingClientRect().right);
    if (text.left < -1 || text.right > right + 1 || text.top < -1) wrong.push(`${what} leaves the screen`);
    const isFree = element.closest('.footer') || element.closest('.figure') || getComputedStyle(document.body).overflow !== 'hidden';
    const scrolls = element.closest('.board-room') && innerWidth <= 600;
    if (!isFree && !scrolls && text.bottom > footerTop + 3) wrong.push(`${what} runs under the footer`);
  }
  for (const [n, one] of lines.entries()) {
    const over = lines.slice(n + 1).find((other) => other.element !== one.element && !one.element.contains(other.element) && overlap(one, other));
    if (over) wrong.push(`${one.what} is written over ${over.what}`);
  }
  return wrong;

  function overlap(one, other) {
    const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    return wide > 3 && high > 3;
  }
}
