/** The tablet draws the icons that every surface shares. */

export { Icon, type IconName } from '../../tokens/icon';
