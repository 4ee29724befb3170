// Shows a refusal as the sentence that was written for people, without the engine's wrapping around it.
const WRAPPING = /^[\s\S]*ENGINE-\d+[\s\S]*?Message: '(?:Exception while invoking \w+:\s*)?/;

new MutationObserver(() => {
  for (const message of document.querySelectorAll('.page-notifications .message')) {
    if (WRAPPING.test(message.textContent)) {
      message.textContent = message.textContent.replace(WRAPPING, '').replace(/'?\s*$/, '');
      const heading = message.parentElement.querySelector('.status');
      if (heading) {
        heading.textContent = 'Not accepted';
      }
    }
  }
}).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
