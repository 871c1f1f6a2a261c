# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # electra 작게 재현하기 (electra in miniature)
#
# 노트의 주장을 작게 확인해요. 구절의 원문과 풀이는 [노트](../../papers/electra/)에 있어요.

# %%
print("seed", 6 * 7)
