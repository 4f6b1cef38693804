// Labels in the reader's language; dark or light. The page itself is written with the English ones.
const CHINESE = {
  passed: '通过', failed: '未通过', errored: '出错', skipped: '跳过', unreached: '未执行', unfinished: '未结束',
  skip: '跳到步骤', from: '出自', search: '搜索', theme: '深色或浅色', stage: '演示', network: '网络',
  controls: '步进', previous: '上一步', next: '下一步', play: '播放', pause: '暂停', position: '步骤',
  pace: '播放时间', short: '压缩时间', real: '实际时间', terminals: '终端', terminal: '终端', output: '输出',
  lines: '行', 'left-out': '行未列出，记录中有全文', expected: '期望', observed: '实际', because: '原因',
  written: '出处', warning: '注意', held: '符合：', unjudged: '未判定：', captured: '捕获', step: '步骤',
  'first-bad': '到第一个未通过的步骤', differs: '与已提交的抄本不同', same: '与已提交的抄本相同',
  nothing: '没有这样的步骤。', setup: '准备', steps: '步骤', teardown: '清理', copy: '复制命令', copied: '已复制',
  waited: '等待', typed: '输入到', paused: '等待了', 'goes-on': '继续运行', until: '直到', attempt: '第几次尝试：',
  unprinted: '不在教程正文中', background: '此前由后台任务输出', 'unreached-steps': '未执行的步骤',
  golden: '与已提交的抄本对比', differences: '差异', bare: '还没有网络', enlarge: '放大', 'key-enlarge': '放大', gone: '少了', new: '多了', scenario: '场景', scenarios: '场景', verdict: '结论',
  'steps-head': '步骤', committed: '已提交的抄本', time: '用时', none: '无', 'differs-short': '不同',
  'same-short': '相同', 'key-steps': '逐步', 'key-play': '播放', 'key-search': '搜索', 'key-bad': '下一个未通过',
  'key-copy': '复制', 'key-theme': '深色或浅色', found: '个步骤', of: '共', running: '运行中',
  holds: '成立', 'does not hold': '不成立', 'could not be tried': '无法验证', 'line-head': '行', command: '命令',
  claimed: '教程所说', cause: '可能的原因', likely: '可能的原因', looked: '查看过的内容', tutorial: '教程',
};
const english = new Map();
const ATTRIBUTES = {label: ['aria-label', 'title'], placeholder: ['placeholder']};
let language = 'en';

// The word for something in the language that the page is in; `otherwise` is the English one.
const word = (name, otherwise) => (language === 'zh' ? CHINESE[name] : undefined) ?? otherwise;

function speak(wanted) {
  language = wanted;
  document.documentElement.lang = wanted === 'zh' ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-t]')) {
    const name = element.dataset.t;
    if (!english.has(element)) english.set(element, element.textContent);
    element.textContent = word(name, english.get(element));
  }
  // What is no label has its translation with it.
  for (const element of document.querySelectorAll('[data-zh]')) {
    if (!english.has(element)) english.set(element, element.textContent);
    element.textContent = wanted === 'zh' ? element.dataset.zh : english.get(element);
  }
  for (const [kind, names] of Object.entries(ATTRIBUTES)) {
    for (const element of document.querySelectorAll(`[data-t-${kind}]`)) {
      const name = element.getAttribute(`data-t-${kind}`);
      for (const attribute of names) {
        if (!element.hasAttribute(attribute)) continue;
        const key = `${attribute}`;
        const kept = english.get(element) ?? {};
        kept[key] ??= element.getAttribute(attribute);
        english.set(element, kept);
        element.setAttribute(attribute, word(name, kept[key]));
      }
    }
  }
  const button = document.getElementById('language');
  button.textContent = wanted === 'zh' ? 'English' : '中文';
  button.lang = wanted === 'zh' ? 'en' : 'zh';
  button.setAttribute('aria-label', wanted === 'zh' ? 'Read in English' : '改用中文');
  document.dispatchEvent(new Event('spoken'));
}

// A page of file:// may have no storage: then a choice holds until the page is left.
function remembered(name) {
  try { return localStorage.getItem(`replay-${name}`); } catch { return null; }
}
function remember(name, value) {
  try { localStorage.setItem(`replay-${name}`, value); } catch { /* it holds for this page */ }
}

const isDark = () => (document.documentElement.dataset.theme
  ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

function turn(theme) {
  document.documentElement.dataset.theme = theme;
  document.getElementById('theme').setAttribute('aria-pressed', String(theme === 'dark'));
}

function toggleTheme() {
  turn(isDark() ? 'light' : 'dark');
  remember('theme', document.documentElement.dataset.theme);
}

if (['dark', 'light'].includes(remembered('theme'))) turn(remembered('theme'));
document.getElementById('theme').setAttribute('aria-pressed', String(isDark()));
document.getElementById('theme').addEventListener('click', toggleTheme);
document.getElementById('language').addEventListener('click', () => {
  speak(language === 'zh' ? 'en' : 'zh');
  remember('language', language);
});
{
  const wanted = remembered('language') ?? (navigator.languages?.[0] ?? navigator.language);
  if (/^zh\b/i.test(wanted)) speak('zh');
}
