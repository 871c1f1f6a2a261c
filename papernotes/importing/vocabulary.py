"""Words by which minutes are read: what is no name, what is no term, what only heads a list."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NO_NAMES = _words("""
    질문 질문자 답변 답변자 대답 답 참고 결론 정리 예시 예 요약 주의 내용 이유 의문 출처 링크 날짜
    일시 일자 장소 시간 주제 논문 저자 제목 발표 발표자 발제 진행 진행자 서기 비고 추가 그림 수식
    의견 토론 토의 핵심 배경 목적 방법 결과 문제 해결 해석 번역 원문 인용 구절 본문 단계 정답 오답
    가정 정의 증명 설명 풀이 힌트 관련 기타 공지 숙제 과제 다음 오늘 내일 어제 참석 참석자 불참
    상태 첫째 둘째 셋째 장점 단점 차이 차이점 공통점 특징 입력 출력 학습 평가 모델 데이터 실험 코드
    근거 느낌 느낀점 생각 즉 또는 최종 총평 한줄평 키워드 용어 뜻 의미 순서 제안 확인 완료 보류
    미해결 회의록 회의 모임 목표 특이사항 추신 한계 보충 보완 안건 일정 계획 할일 규칙 회고 후기
    소감 피드백 개선 개선점 아이디어 전처리 후처리 추론 성능 점수 손실 구조 기존 제안 기여 결론
    주요 요점 맥락 전제 조건 원인 효과 비교 분석 응용 활용 사용 구현 설치 환경 버전 파일 경로 주소
    이름 나이 역할 담당 담당자 기간 마감 금액 비용 인원 멘토링 멘토 강의 대회 프로젝트 팀 팀명 조
    변경 수정 추천 선정 투표 결정 논의 메모 기록 자료 영상 사진 표 식 절 장 쪽 행 열 위 아래 앞 뒤
    note notes figure table section input output step example answer question summary date time
    place topic paper title author authors link links todo action agenda reference references
    추측 미정 중요 필수 선택 예정 진행중 생략 계속 부록 발췌 번외 보너스
    loss model data train test abstract introduction method result results conclusion tags created
""")
"""What stands before a colon as a name does, and is none."""

TITLES = "멘토|조교|교수|박사|코치|강사|튜터|선생|선배|연구원"
"""What stands behind a name, or for one: a pattern, with 님 or without."""

ABOUT_PAPERS = _words("""
    논문 페이퍼 paper papers 질문 답변 리뷰 review 정리 발표 토론 토의 및 and 읽기 관련
    질의 응답 질의응답 내용 파트 part 에 대한 의 과 와 q a qa
""")
"""What a heading says beside the name of the paper."""

STOP_WORDS = _words("""
    a an and are as at be been but by can could do does did each every for from has have
    how if in into is it its may more most not of on only or other our over so some such
    than that the their them then there these they this those to under up use used using
    very was we were what when where which while why will with without would you also
    both between during et al thus however same one
""")
"""English words that say nothing about a passage."""


CHORES = re.compile(
    r"공지|[할한]\s?일|했는가|어제|오늘의\s?(?:공부|학습|목표|할|한|점심)|이번\s?주|내일|계획|배운|배웠|한마디|진행\s?상황|근황|할\s?일|다음\s?(?:모임|주|시간|회|번|에)|안건|회고|후기"
    r"|소감|느낀\s?점|좋았던|아쉬운|재밌|재미|규칙|운영|일정"
    r"|강의|대회|프로젝트|코드\s?리뷰|과제\s?(?:질문|제출|정리|수행|리뷰|\d)|^과제$|숙제|스크럼|체크인|아침|점심|저녁"
    r"|잡담|근황|아이스|멘토링(?!\s?(?:질문|준비))|읽을|기타|회식|출석|결석|참고\s?링크|자료|회의(?!록)"
    r"|action items?|to-?dos?|next|summary|notes?$"
    r"|announcements?|agenda|schedule|logistics|references",
    re.IGNORECASE,
)
"""What a heading has in it below which nothing is asked about a paper."""

TEMPLATES = re.compile(
    r"어제|오늘|이번\s?주|내일|계획|배운|배웠|한마디|진행\s?(?:상황|사항)|느낀|할\s?일|다음"
)
"""What a heading has in it that asks its writer about the day, not about a paper."""

ASKING = re.compile(
    r"질문|질의|응답|의문|궁금|막힌|토론|토의|논의|q\s?&\s?a|questions?|discussion", re.IGNORECASE
)
"""What a heading has in it below which something is asked."""

PAPERISH = re.compile(r"논문|페이퍼|paper|리딩|reading", re.IGNORECASE)
"""What a heading has in it that is about a paper, whichever."""
