// Shows a refusal as the sentence that was written for people, without the engine's wrapping around it.
const WRAPPING = /^[\s\S]*(?:TaskListener|ExecutionListener)[^:]*:\s*(?:Message:\s*')?(?:Exception while invoking \w+:\s*)?/;

const soften = node => {
  const text = node.textContent;
  if (text.includes('ENGINE-') && WRAPPING.test(text)) {
    node.textContent = text.replace(WRAPPING, '').replace(/'?\s*$/, '');
  }
};

new MutationObserver(changes => {
  for (const change of changes) {
    document.querySelectorAll('.notifications .message, [notifications-panel] .message').forEach(soften);
  }
}).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
