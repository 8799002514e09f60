/** The desk pages' styles and htmx, which swaps server-rendered fragments; everything else is HTML. */

import '@tabler/core/dist/css/tabler.min.css';
import '../tokens/fonts.css';
import '../tokens/tokens.css';
import './desk.css';
import './form_words';
import './htmx_settings'; // before htmx, which reads them when it is loaded
import './htmx_without_scripts';
import './keying';
import './plan';
