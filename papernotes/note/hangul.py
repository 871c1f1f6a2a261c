"""English as Korean readers write it by ear: cross-entropy is 크로스 엔트로피.

Spellings of loanwords follow no rule that a program could apply: the table has what lectures and
blogs on machine learning commonly write, which is not always the standard spelling.
"""

import re
from itertools import product

LETTER = re.compile("[\u3131-\u318e\uac00-\ud7a3]")
"""A syllable, or a letter by itself."""

_MOST = 3
"""Spellings of one name."""

_TABLE = """
    accuracy 애큐러시 activation 액티베이션 adversarial 애드버서리얼 align 얼라인
    alignment 얼라인먼트 answer 앤서 attention 어텐션 augmentation 어그멘테이션
    autoencoder 오토인코더 autoregressive 오토리그레시브 average 애버리지 backbone 백본
    backpropagation 백프로퍼게이션 baseline 베이스라인 batch 배치 beam 빔 benchmark 벤치마크
    bias 바이어스 bidirectional 바이디렉셔널 binary 바이너리 causal 코절 chain 체인
    checkpoint 체크포인트 class 클래스 classification 클래시피케이션 classifier 클래시파이어
    clipping 클리핑 clustering 클러스터링 context 컨텍스트 contrastive 컨트라스티브
    convolution 컨볼루션 corpus 코퍼스 cosine 코사인 cross 크로스 curriculum 커리큘럼 data 데이터
    dataset 데이터셋 decay 디케이 decoder 디코더 decoding 디코딩 deep 딥 dense 덴스
    dependencies 디펜던시 dependency 디펜던시 dev 데브 diffusion 디퓨전
    discriminator 디스크리미네이터 distillation 디스틸레이션 distribution 디스트리뷰션 domain 도메인
    downstream 다운스트림 dropout 드롭아웃 dynamic 다이나믹 early 얼리
    embedding 임베딩 encoder 인코더 encoding 인코딩 ensemble 앙상블 entropy 엔트로피 epoch 에포크
    error 에러 evaluation 이밸류에이션 feature 피처 feed 피드 few 퓨 fine 파인 finetuning 파인튜닝
    forward 포워드 function 펑션 gate 게이트 generation 제너레이션 generator 제너레이터
    global 글로벌 glue 글루 gradient 그래디언트 graph 그래프 greedy 그리디
    hallucination 할루시네이션 head 헤드 hidden 히든 hyperparameter 하이퍼파라미터
    inference 인퍼런스 initialization 이니셜라이제이션 input 인풋 instruction 인스트럭션
    joint 조인트 kernel 커널 klue 클루 label 레이블 language 랭귀지
    layer 레이어 leaderboard 리더보드 learning 러닝 likelihood 라이클리후드 linear 리니어 local 로컬
    log 로그 long 롱 loss 로스 machine 머신 majority 메이저리티 mask 마스크 masked 마스크드
    masking 마스킹 maximum 맥시멈 mean 민 median 미디언 memory 메모리 meta 메타 model 모델
    modeling 모델링 momentum 모멘텀 multi 멀티 multimodal 멀티모달 natural 내추럴 negative 네거티브
    network 네트워크 neural 뉴럴 next 넥스트 noise 노이즈 normalization 노멀라이제이션
    optimizer 옵티마이저 output 아웃풋 overfitting 오버피팅 pair 페어 pairwise 페어와이즈
    parameter 파라미터 perplexity 퍼플렉시티 policy 폴리시 pooling 풀링 position 포지션
    positional 포지셔널 pre 프리 precision 프리시전 prediction 프리딕션 pretraining 프리트레이닝
    probability 프로버빌리티 prompt 프롬프트 pruning 프루닝 quantization 퀀타이제이션 query 쿼리
    random 랜덤 range 레인지 ranking 랭킹 rate 레이트 recall 리콜 regression 리그레션
    regularization 레귤러라이제이션 reinforcement 리인포스먼트 representation 리프레젠테이션
    residual 레지듀얼 retrieval 리트리벌 reward 리워드 sampling 샘플링
    scaling 스케일링 scheduler 스케줄러 score 스코어 search 서치 seed 시드 segment 세그먼트
    self 셀프 sentence 센텐스 sequence 시퀀스 set 셋 sharing 셰어링 shot 샷 size 사이즈
    softmax 소프트맥스 static 스태틱 step 스텝 stopping 스토핑 student 스튜던트
    supervised 슈퍼바이즈드 target 타깃,타겟 task 태스크 teacher 티처 temperature 템퍼러처
    tensor 텐서 test 테스트 token 토큰 tokenizer 토크나이저 train 트레인 training 트레이닝
    transfer 트랜스퍼 transformer 트랜스포머 tuning 튜닝 unsupervised 언슈퍼바이즈드
    validation 밸리데이션 variance 배리언스 vector 벡터 vocabulary 보캐뷸러리 weight 웨이트
    word 워드 zero 제로
"""
MODELS = (
    *(
        ("BERT", "버트"),
        ("RoBERTa", "로버타"),
        ("ELECTRA", "일렉트라"),
        ("KoELECTRA", "코일렉트라"),
    ),
    *(("ALBERT", "알버트"), ("XLNet", "엑스엘넷"), ("BART", "바트"), ("GPT", "지피티")),
    *(("LLaMA", "라마"), ("Transformer", "트랜스포머"), ("word2vec", "워드투벡")),
)
"""Models and how their names are said."""

_WORDS = {
    english: tuple(hangul.split(","))
    for english, hangul in zip(_TABLE.split()[::2], _TABLE.split()[1::2], strict=True)
}
_RUN_TOGETHER = frozenset({"fine-tuning", "fine tuning", "pre-train", "pre-training"})
"""Names of several words that Korean writes as one."""


def spellings(english: str) -> tuple[str, ...]:
    """Return how an English name is written by ear; nothing where a word of it is not known."""
    words = re.split(r"[\s-]+", english.strip().casefold())
    known = [_WORDS.get(word) or _WORDS.get(word.removesuffix("s")) for word in words]
    if not all(known):
        return ()
    gap = "" if english.casefold() in _RUN_TOGETHER else " "
    found = (gap.join(each) for each in product(*(each for each in known if each)))
    return tuple(found)[:_MOST]
