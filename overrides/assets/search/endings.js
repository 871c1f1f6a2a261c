// What Korean writes onto its words, and the words that only ask or join.

/** @param {string} words */
const list = (words) => words.trim().split(/\s+/);

/** Particles and the copula, which follow nouns. */
export const PARTICLES = list(`
  은 는 이 가 을 를 의 에 에서 에게 께 한테 로 으로 로서 로써 으로서 으로써 와 과 랑 이랑 도 만 보다 처럼
  같이 마다 까지 부터 조차 밖에 대로 끼리 들 이나 나 든지 이든 이란 란 이라 라 이라는 라는 이라고 라고
  이다 이고 이며 인 인가 인가요 인지 일까 일까요 예요 이에요 이야 야 입니다 인데 이면 님 적 적인 적으로
  하다 하고 하는 하면 하며 하지 하기 하게 하려고 하나 하나요 하려면 한 한다 할 해 해서 해야 해요 했다 했나 했나요
  했는데 했을 함 합니다 되다 되고 되는 되면 되지 된 된다 될 돼 돼서 돼요 됐다 됨 시키는 시키고 시킨 시켜 시키려고`);

/** Endings of verbs and adjectives. */
const ENDINGS = list(`
  다 는다 은 는 을 고 지 게 기 면 으면 며 서 러 려 려고 려면 도록 나 나요 니까 는데 은데 는지 던 자 죠 요
  어 아 어서 아서 어요 아요 어도 아도 었다 았다 었나 았나 었나요 았나요 었는데 았는데 었던 았던 을까 을까요 까 까요
  습니다 네요 군요 거나 지만 기로 는가 은가 음 려는 다가 든 든지 자고 다고`);

/** All of them, the longest first. */
export const ENDS = [...new Set([...PARTICLES, ...ENDINGS])].sort((a, b) => b.length - a.length);
export const VERBAL = new Set(ENDINGS);

/** @param {Iterable<string>} words */
function begins(words) {
  const table = new Uint8Array(0x10000);
  for (const word of words) table[word.charCodeAt(0)] = 1;
  return table;
}

/** By a letter's code: whether a particle begins with it, */
export const TAIL = begins(PARTICLES);
/** one that only nouns take, */
export const NOMINAL = begins("를가의와과로");
/** and one of a single letter. */
export const SHORT = begins("은는이가을를의에로와과도만");

/** English words that carry no meaning of their own: lunr 2.3's list (MIT, Oliver Nightingale). */
const ENGLISH = list(`
  a able about across after all almost also am among an and any are as at be because been but by can
  cannot could dear did do does either else ever every for from get got had has have he her hers him
  his how however i if in into is it its just least let like likely may me might most must my neither
  no nor not of off often on only or other our own rather said say says she should since so some than
  that the their them then there these they this tis to too twas us wants was we were what when where
  which while who whom why will with would yet you your`);

/** Words that ask or join and say nothing of what is looked for. */
export const FUNCTION_WORDS = new Set([...ENGLISH, ...list(`
  왜 뭐 뭔 뭘 뭐가 뭔가요 뭐죠 뭐예요 뭐야 무엇 무슨 어떻게 어떤 어느 언제 누가 누구 어디 얼마나 이유 까닭 뜻 의미 말 것 거 게 건 걸 수 때 점
  더 덜 그 이 저 안 못 좀 잘 꼭 다 및 또 또는 그리고 그런데 하지만 그래서 등 중 하고 하는 하면 하나 하나요 한 할 해 해서 했다
  된 되는 되면 되나요 있는 있다 있나요 있을까 없는 없다 없나요 않는 않고 아닌 아니라 인가 인가요 일까 일까요 대한 대해 대하여 관한 관해
  위한 위해 통해 따라 방법 법 알려줘 알려주세요 설명 어때 나요 되나 쓰는 쓴`)]);
