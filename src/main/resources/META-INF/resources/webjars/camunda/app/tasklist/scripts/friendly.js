// Says what Tasklist refuses in sentences that were written for people.
const WRAPPING = /^[\s\S]*ENGINE-\d+[\s\S]*?Message: '(?:Exception while invoking \w+:\s*)?/;
const NO_TASK = /No matching task with id/;
const NOT_LET_IN = /^Wrong credentials, locked user or missing access rights/;
const NOT_SENT = /^An error happened while submitting the task form/;

function say(alert, heading, sentence) {
  const status = alert.querySelector('.status');
  const message = alert.querySelector('.message');
  if (status) {
    status.textContent = heading;
  }
  if (message) {
    message.textContent = sentence;
  }
}

new MutationObserver(() => {
  for (const alert of document.querySelectorAll('.page-notifications .alert')) {
    const heading = alert.querySelector('.status')?.textContent ?? '';
    const sentence = alert.querySelector('.message')?.textContent ?? '';
    if (WRAPPING.test(sentence)) {
      // Without the engine's wrapping around it.
      say(alert, 'Not accepted', sentence.replace(WRAPPING, '').replace(/'?\s*$/, ''));
    } else if (NO_TASK.test(sentence)) {
      say(alert, 'This task cannot be opened', 'It is done, or it is not yours any more.');
    } else if (NOT_LET_IN.test(sentence)) {
      say(alert, 'Not logged in', 'User or password is wrong, or the user is locked. Policy owners and auditors log in to ');
      const cockpit = document.createElement('a');
      cockpit.href = '/camunda/app/cockpit/default/';
      cockpit.textContent = 'Cockpit';
      alert.querySelector('.message').append(cockpit, '.');
    } else if (NOT_SENT.test(heading) && !sentence.trim()) {
      say(alert, 'Not sent: what is missing in the form is marked in red', '');
    }
  }
}).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
