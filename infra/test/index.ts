// All tests run in one process, because they share the synthesised stacks, which take most of the time.
import './imports.test.js';
import './settings.test.js';
import './site.test.js';
import './proxy.test.js';
import './edge.test.js';
import './firewall.test.js';
import './monitoring.test.js';
import './stacks.test.js';
import './timeouts.test.js';
import './snapshot.test.js';
import './readme.test.js';
import './checkers.test.js';
