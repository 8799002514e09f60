// What is wrong with the picture a screen shows: text below a thirtieth of the height, cut off, or under the footer.
() => {
  const wrong = [];
  const footerTop = document.querySelector('.footer').getBoundingClientRect().top;
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
    const right = Math.min(innerWidth, element.closest('.screen').getBoundingClientRect().right);
    if (text.left < -1 || text.right > right + 1 || text.top < -1) wrong.push(`${what} leaves the screen`);
    const isFree = element.closest('.footer') || element.closest('.figure') || getComputedStyle(document.body).overflow !== 'hidden';
    const scrolls = element.closest('.board-room') && innerWidth <= 600;
    if (!isFree && !scrolls && text.bottom > footerTop + 3) wrong.push(`${what} runs under the footer`);
  }
  return wrong;
}
