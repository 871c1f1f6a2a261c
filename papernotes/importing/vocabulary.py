"""Words by which minutes are read: what is no name, what is no term, what only heads a list."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NO_NAMES = _words("""
    질문 답변 대답 답 참고 결론 정리 예시 예 요약 주의 내용 이유 의문 출처 링크 날짜
    일시 장소 시간 주제 논문 저자 제목 발표 발표자 진행 진행자 서기 비고 추가 그림 수식
    의견 토론 핵심 배경 목적 방법 결과 문제 해결 해석 번역 원문 인용 구절 단계 정답 오답
    가정 정의 증명 설명 풀이 힌트 관련 기타 공지 숙제 과제 다음 오늘 참석 참석자 불참
    상태 첫째 둘째 셋째 장점 단점 차이 특징 입력 출력 학습 평가 모델 데이터 실험 코드
    근거 느낌 생각 즉 또는 최종 총평 한줄평 키워드 용어 뜻 의미 순서 제안 확인 완료 보류
    미해결 회의록 회의 모임
""")
"""What stands before a colon as a name does, and is none."""

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
