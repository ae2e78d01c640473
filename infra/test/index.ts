// All tests in one process, since they share the stacks that take most of their time.
import './settings.test.js';
import './site.test.js';
import './proxy.test.js';
import './edge.test.js';
import './firewall.test.js';
import './watch.test.js';
import './whole.test.js';
import './timeouts.test.js';
import './snapshot.test.js';
import './readme.test.js';
import './checkers.test.js';
