/** What htmx reads once, when it is loaded: it makes no styles of its own. */

const meta = document.createElement('meta');
meta.name = 'htmx-config';
meta.content = JSON.stringify({ includeIndicatorCSS: false });
document.head.append(meta);
