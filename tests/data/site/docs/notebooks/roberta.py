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
# # roberta 작게 재현하기 (roberta in miniature)
#
# 노트의 주장을 작게 확인해요. 구절의 원문과 풀이는 [노트](../../papers/roberta/)에 있어요.

# %%
import base64
import io

import matplotlib.pyplot as plt
from IPython.display import HTML, display


def show(alt):
    png, (width, height) = io.BytesIO(), plt.gcf().canvas.get_width_height()
    plt.savefig(png)
    plt.close()
    source = "data:image/png;base64," + base64.b64encode(png.getvalue()).decode()
    image = f'<img src="{source}" alt="{alt}" width="{width}" height="{height}">'
    display(HTML(f'<div class="pn-figure">{image}</div>'))


# %%
print("seed", 6 * 7)
plt.figure(figsize=(3, 2))
plt.plot([1, 2, 4])
show("점 셋을 이은 선이에요.")
