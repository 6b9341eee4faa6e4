<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>AnswerSheet</name>
    <message>
        <source>Answer</source>
        <translation>答えを書く</translation>
    </message>
</context>
<context>
    <name>BrushButton</name>
    <message>
        <source>Brush</source>
        <translation>ブラシ</translation>
    </message>
    <message>
        <source>Brush: drag to paint a cell&apos;s number over others</source>
        <translation>ブラシ: ドラッグすると、最初のマスの数がほかのマスにも入ります</translation>
    </message>
</context>
<context>
    <name>CaptionCard</name>
    <message>
        <source>Back one step</source>
        <translation>1ステップ戻る</translation>
    </message>
    <message>
        <source>Back to the lesson: the board as the step began</source>
        <translation>このステップを最初からやり直す</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>次のステップ</translation>
    </message>
    <message>
        <source>Back to the lesson</source>
        <translation>このステップを最初からやり直す</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>解き方を見る</translation>
    </message>
    <message>
        <source>Let the lesson do this task</source>
        <translation>この課題の解き方を見せる</translation>
    </message>
    <message>
        <source>Go to another step</source>
        <translation>ほかのステップへ</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>答え</translation>
    </message>
    <message>
        <source>Step {place} of {lesson}</source>
        <translation>「{lesson}」のステップ {place}</translation>
    </message>
    <message>
        <source>Next chapter →</source>
        <translation>次の章へ →</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Next →</source>
        <translation>次へ →</translation>
    </message>
    <message>
        <source>Free lab on this topic</source>
        <translation>このテーマを自由に試す</translation>
    </message>
</context>
<context>
    <name>CellMenu</name>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Why this number?</source>
        <translation>なぜこの数になる？</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>画像としてコピー</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>まとめて入力</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>ランダムな数</translation>
    </message>
    <message>
        <source>Pattern in all cells</source>
        <translation>パターン（すべてのマス）</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>パターン</translation>
    </message>
    <message>
        <source>Checkerboard</source>
        <translation>市松模様</translation>
    </message>
    <message>
        <source>Diagonal</source>
        <translation>対角線</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>グラデーション</translation>
    </message>
</context>
<context>
    <name>ChapterList</name>
    <message>
        <source>Chapters</source>
        <translation>章</translation>
    </message>
</context>
<context>
    <name>Chapters</name>
    <message>
        <source>Open a chapter</source>
        <translation>章を開く</translation>
    </message>
</context>
<context>
    <name>CodePanel</name>
    <message>
        <source>Code</source>
        <translation>コード</translation>
    </message>
    <message>
        <source>This layer</source>
        <translation>この層</translation>
    </message>
    <message>
        <source>Whole network</source>
        <translation>全体</translation>
    </message>
    <message>
        <source>What the code computes</source>
        <translation>コードが計算するもの</translation>
    </message>
    <message>
        <source>Framework</source>
        <translation>フレームワーク</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>コードをコピー</translation>
    </message>
    <message>
        <source>The same layer as code</source>
        <translation>同じ層のコード</translation>
    </message>
</context>
<context>
    <name>ErrorWindow</name>
    <message>
        <source>Unexpected error</source>
        <translation>予期しないエラー</translation>
    </message>
    <message>
        <source>Something unexpected happened</source>
        <translation>予期しないエラーが起きました</translation>
    </message>
    <message>
        <source>Report of the error</source>
        <translation>エラーの報告</translation>
    </message>
    <message>
        <source>Copied ✓</source>
        <translation>コピーしました ✓</translation>
    </message>
    <message>
        <source>&amp;Copy the report</source>
        <translation>報告をコピー(&amp;C)</translation>
    </message>
    <message>
        <source>Show &amp;log folder</source>
        <translation>ログのフォルダを開く(&amp;L)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Your work has been kept, and you can go on.</source>
        <translation>作業内容は残っています。このまま続けられます。</translation>
    </message>
    <message>
        <source>You can go on, but your work could not be kept: {problem}
Please save it to a file (File ▸ Save as…).</source>
        <translation>このまま続けられますが、作業の控えを残せませんでした: {problem}
ファイルに保存してください（ファイル ▸ 名前を付けて保存…）。</translation>
    </message>
    <message>
        <source>The report below helps to find the cause. Nothing of it is sent anywhere: copy it and pass it on to whoever looks after the program, with a word on what you were doing.</source>
        <translation>下の報告は、原因を調べるためのものです。どこにも送信されません。コピーして、何をしていたときに起きたかを書き添え、このソフトの担当者に渡してください。</translation>
    </message>
</context>
<context>
    <name>ExamCard</name>
    <message>
        <source>Show time</source>
        <translation>時間を表示</translation>
    </message>
    <message>
        <source>Hide time</source>
        <translation>時間を隠す</translation>
    </message>
</context>
<context>
    <name>ExamIntro</name>
    <message>
        <source>Begin the exam</source>
        <translation>模擬試験を始める</translation>
    </message>
    <message>
        <source>Go on ({done} of {count}, {time} left)</source>
        <translation>続ける（{count}問中{done}問解答、残り {time}）</translation>
    </message>
</context>
<context>
    <name>ExamPage</name>
    <message>
        <source>← Previous</source>
        <translation>← 前へ</translation>
    </message>
    <message>
        <source>Next →</source>
        <translation>次へ →</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>提出する</translation>
    </message>
    <message>
        <source>Show the right answers</source>
        <translation>正しい答えを表示</translation>
    </message>
    <message>
        <source>Practise this skill</source>
        <translation>この分野を練習する</translation>
    </message>
    <message>
        <source>Back to the result</source>
        <translation>結果に戻る</translation>
    </message>
</context>
<context>
    <name>ExamResultView</name>
    <message>
        <source>Another exam</source>
        <translation>もう一度受ける</translation>
    </message>
</context>
<context>
    <name>FeedbackCard</name>
    <message>
        <source>Feedback</source>
        <translation>解説</translation>
    </message>
</context>
<context>
    <name>FigureDialog</name>
    <message>
        <source>Export figure</source>
        <translation>図の書き出し</translation>
    </message>
    <message>
        <source>&amp;Transparent background</source>
        <translation>背景を透明にする(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Caption below</source>
        <translation>下に説明を付ける(&amp;C)</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>式</translation>
    </message>
    <message>
        <source>Playback as GIF</source>
        <translation>再生の GIF アニメーション</translation>
    </message>
    <message>
        <source>Playback as WebP</source>
        <translation>再生の WebP アニメーション</translation>
    </message>
    <message>
        <source>Playback as PNG series</source>
        <translation>再生の連番 PNG</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>内容(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>形式(&amp;F)</translation>
    </message>
    <message>
        <source>S&amp;ize</source>
        <translation>大きさ(&amp;I)</translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation>テーマ(&amp;H)</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>説明</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>プレビュー</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>C&amp;opy as picture</source>
        <translation>画像としてコピー(&amp;O)</translation>
    </message>
    <message>
        <source>This is too large to be shown as a whole. The figure is of the part in sight.</source>
        <translation>大きすぎて全体は入りません。見えている部分が図になります。</translation>
    </message>
    <message>
        <source>figure</source>
        <translation>図</translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation>画像をクリップボードにコピーしました。</translation>
    </message>
    <message>
        <source>{kind} files ({pattern})</source>
        <translation>{kind} ファイル ({pattern})</translation>
    </message>
    <message>
        <source>Drawing the steps…</source>
        <translation>ステップを描いています…</translation>
    </message>
</context>
<context>
    <name>FileDialog</name>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
</context>
<context>
    <name>GlossaryWindow</name>
    <message>
        <source>Glossary</source>
        <translation>用語集</translation>
    </message>
    <message>
        <source>Search in Japanese, English, Keras or PyTorch</source>
        <translation>日本語・英語・Keras・PyTorch の言葉で検索</translation>
    </message>
    <message>
        <source>Search the glossary</source>
        <translation>用語集を検索</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>用語</translation>
    </message>
    <message>
        <source>Meaning of the term</source>
        <translation>用語の説明</translation>
    </message>
    <message>
        <source>No term is called “{text}”.
Try fewer letters or the other language, or clear the field to see all terms.</source>
        <translation>「{text}」という用語は見つかりません。
文字を減らすか、もう一方の言語で試してください。欄を空にすると、すべての用語が出ます。</translation>
    </message>
</context>
<context>
    <name>Gradebook</name>
    <message>
        <source>Tables ({pattern})</source>
        <translation>表 ({pattern})</translation>
    </message>
    <message>
        <source>Going through all answers…</source>
        <translation>全員の解答を集計しています…</translation>
    </message>
    <message>
        <source>results</source>
        <translation>成績</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>成績</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Open a chapter</source>
        <translation>章を開く</translation>
    </message>
    <message>
        <source>Back to the lesson</source>
        <translation>このステップを最初からやり直す</translation>
    </message>
    <message>
        <source>Show how</source>
        <translation>解き方を見せる</translation>
    </message>
    <message>
        <source>Go to a step</source>
        <translation>ステップを移る</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>This cell · {cell}</source>
        <translation>このマス · {cell}</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大きさ</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Formula of this cell</source>
        <translation>このマスの式</translation>
    </message>
</context>
<context>
    <name>LabPage</name>
    <message>
        <source>Change a cell: {port}</source>
        <translation>マスの変更（{port}）</translation>
    </message>
    <message>
        <source>Change cells: {port}</source>
        <translation>複数のマスの変更（{port}）</translation>
    </message>
    <message>
        <source>Change a setting</source>
        <translation>設定の変更</translation>
    </message>
</context>
<context>
    <name>LayerRow</name>
    <message>
        <source>Move the layer left</source>
        <translation>層を左へ動かす</translation>
    </message>
    <message>
        <source>Move the layer right</source>
        <translation>層を右へ動かす</translation>
    </message>
    <message>
        <source>Remove the layer</source>
        <translation>層を取り除く</translation>
    </message>
    <message>
        <source>Earlier layers</source>
        <translation>前の層へ</translation>
    </message>
    <message>
        <source>Later layers</source>
        <translation>後の層へ</translation>
    </message>
    <message>
        <source>Add a layer after this one</source>
        <translation>この層の後に層を加える</translation>
    </message>
    <message>
        <source>Move or remove this layer</source>
        <translation>この層を動かす・取り除く</translation>
    </message>
    <message>
        <source>Layers: {layer}, {place} of {count}</source>
        <translation>層の並び: {layer}（{count}個中{place}番目）</translation>
    </message>
    <message>
        <source>Add a layer: {layer}</source>
        <translation>層を加える: {layer}</translation>
    </message>
    <message>
        <source>Move a layer: {layer}</source>
        <translation>層を動かす: {layer}</translation>
    </message>
    <message>
        <source>Remove a layer: {layer}</source>
        <translation>層を取り除く: {layer}</translation>
    </message>
</context>
<context>
    <name>LearnerRow</name>
    <message>
        <source>Learner</source>
        <translation>学習者</translation>
    </message>
    <message>
        <source>Add, rename or remove a learner</source>
        <translation>学習者の追加・名前の変更・削除</translation>
    </message>
    <message>
        <source>Add a learner…</source>
        <translation>学習者を追加…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>名前を変更…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Add a learner</source>
        <translation>学習者を追加</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>Remove a learner</source>
        <translation>学習者を削除</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
</context>
<context>
    <name>LessonFiles</name>
    <message>
        <source>Open lesson</source>
        <translation>レッスンを開く</translation>
    </message>
    <message>
        <source>Lessons ({pattern})</source>
        <translation>レッスン ({pattern})</translation>
    </message>
    <message>
        <source>Open a folder of lessons</source>
        <translation>レッスンのフォルダを開く</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>… ほか{count}件</translation>
    </message>
</context>
<context>
    <name>LessonSteps</name>
    <message>
        <source>Lessons ({pattern})</source>
        <translation>レッスン ({pattern})</translation>
    </message>
    <message>
        <source>Save the board as a lesson step: a new lesson, or one to add it to</source>
        <translation>ボードをレッスンのステップとして保存: 新しいレッスン、または加える先のレッスン</translation>
    </message>
    <message>
        <source>My lesson</source>
        <translation>自作レッスン</translation>
    </message>
    <message>
        <source>Save board as lesson step</source>
        <translation>ボードをステップとして保存</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Untitled</source>
        <translation>無題</translation>
    </message>
    <message>
        <source>Not saved to a file</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Saved ✓</source>
        <translation>保存済み ✓</translation>
    </message>
    <message>
        <source>Changes not saved</source>
        <translation>未保存の変更あり</translation>
    </message>
    <message>
        <source>Hide the chapters</source>
        <translation>章の一覧をたたむ</translation>
    </message>
    <message>
        <source>Show the chapters</source>
        <translation>章の一覧を表示</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>コード</translation>
    </message>
</context>
<context>
    <name>NetworkView</name>
    <message>
        <source>One scale for a layer</source>
        <translation>層で1つの目盛りにする</translation>
    </message>
    <message>
        <source>Colour equal numbers alike in all maps of a layer</source>
        <translation>層のすべてのマップで、同じ数を同じ色にします</translation>
    </message>
</context>
<context>
    <name>PlanePicker</name>
    <message>
        <source>Planes before these</source>
        <translation>前のチャンネルへ</translation>
    </message>
    <message>
        <source>Planes after these</source>
        <translation>次のチャンネルへ</translation>
    </message>
</context>
<context>
    <name>PracticePage</name>
    <message>
        <source>Check ⏎</source>
        <translation>答え合わせ ⏎</translation>
    </message>
    <message>
        <source>Show solution</source>
        <translation>解き方を見る</translation>
    </message>
    <message>
        <source>Try again with other numbers</source>
        <translation>別の数でもう一度</translation>
    </message>
    <message>
        <source>Hint {tier}/{count}</source>
        <translation>ヒント {tier}/{count}</translation>
    </message>
    <message>
        <source>Another round</source>
        <translation>もう1回</translation>
    </message>
    <message>
        <source>Next ⏎</source>
        <translation>次へ ⏎</translation>
    </message>
    <message>
        <source>Skip this one</source>
        <translation>この問題を飛ばす</translation>
    </message>
    <message>
        <source>Your round ({place} of {count})</source>
        <translation>途中の練習（{place}/{count}）</translation>
    </message>
    <message>
        <source>Go on with your round ({place} of {count})</source>
        <translation>途中の練習を続ける（{count}問中{place}問目）</translation>
    </message>
</context>
<context>
    <name>PracticePages</name>
    <message>
        <source>Practice</source>
        <translation>練習</translation>
    </message>
    <message>
        <source>Going through your answers…</source>
        <translation>これまでの解答を集計しています…</translation>
    </message>
</context>
<context>
    <name>PracticePanel</name>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Mastery</source>
        <translation>習熟度</translation>
    </message>
    <message>
        <source>Skills</source>
        <translation>項目</translation>
    </message>
    <message>
        <source>Usual mistakes</source>
        <translation>よくある間違い</translation>
    </message>
</context>
<context>
    <name>ProgressBar</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>ProjectFiles</name>
    <message>
        <source>Save project</source>
        <translation>プロジェクトを保存</translation>
    </message>
    <message>
        <source>untitled</source>
        <translation>無題</translation>
    </message>
    <message>
        <source>No recent files</source>
        <translation>最近使ったファイルはありません</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>一覧を消去</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>プロジェクトを開く</translation>
    </message>
    <message>
        <source>CNN Tutor projects ({pattern})</source>
        <translation>CNN Tutor のプロジェクト ({pattern})</translation>
    </message>
    <message>
        <source>{name} has been changed since you opened or saved it.</source>
        <translation>{name} は、最後に開くか保存したあとで書き換えられています。</translation>
    </message>
    <message>
        <source>Another program or window has written to it. Save your version as another file, overwrite what is there, or reload it? When you reload, your version waits under File ▸ Unsaved work.</source>
        <translation>ほかのプログラムかウィンドウが書き込みました。今の内容を別の名前で保存するか、上書きするか、ファイルを読み込み直すかを選んでください。読み込み直しても、今の内容は「ファイル」→「未保存の作業」に残ります。</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>名前を付けて保存(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Overwrite</source>
        <translation>上書き(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Reload</source>
        <translation>読み込み直す(&amp;R)</translation>
    </message>
    <message>
        <source>Your changes have not been saved.</source>
        <translation>変更はまだ保存されていません。</translation>
    </message>
    <message>
        <source>Do you want to save them first?</source>
        <translation>先に保存しますか？</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>場所(&amp;L):</translation>
    </message>
    <message>
        <source>Look in:</source>
        <translation>場所:</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>ファイルの種類(&amp;T):</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>ファイルの種類:</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>選択</translation>
    </message>
    <message>
        <source>Show </source>
        <translation>表示: </translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Answer</source>
        <translation>答えを書く</translation>
    </message>
    <message>
        <source>Take an answer back</source>
        <translation>答えを消す</translation>
    </message>
</context>
<context>
    <name>ResultsPage</name>
    <message>
        <source>Results</source>
        <translation>成績</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>並び順</translation>
    </message>
    <message>
        <source>Order of the skills</source>
        <translation>項目の並び順</translation>
    </message>
    <message>
        <source>as they are learned</source>
        <translation>学ぶ順</translation>
    </message>
    <message>
        <source>due first</source>
        <translation>復習が先</translation>
    </message>
    <message>
        <source>weakest first</source>
        <translation>苦手が先</translation>
    </message>
    <message>
        <source>Begin practising</source>
        <translation>練習を始める</translation>
    </message>
    <message>
        <source>Practise what is due</source>
        <translation>復習を始める</translation>
    </message>
    <message>
        <source>Practise what is next</source>
        <translation>続きを練習する</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>It has been saved:</source>
        <translation>保存しました:</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Hide the panel</source>
        <translation>パネルをたたむ</translation>
    </message>
    <message>
        <source>Show the panel</source>
        <translation>パネルを表示</translation>
    </message>
</context>
<context>
    <name>SkillTable</name>
    <message>
        <source>Skill</source>
        <translation>項目</translation>
    </message>
    <message>
        <source>Mastery</source>
        <translation>習熟度</translation>
    </message>
    <message>
        <source>Next review</source>
        <translation>次の復習</translation>
    </message>
    <message>
        <source>Cells right</source>
        <translation>マス正解率</translation>
    </message>
    <message>
        <source>Exercises</source>
        <translation>問題</translation>
    </message>
    <message>
        <source>Usual mistake</source>
        <translation>よくある間違い</translation>
    </message>
    <message>
        <source>Practise ›</source>
        <translation>練習する ›</translation>
    </message>
    <message>
        <source>Skills</source>
        <translation>項目</translation>
    </message>
</context>
<context>
    <name>StepPlayer</name>
    <message>
        <source>First step</source>
        <translation>最初のステップ</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>1ステップ戻る</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>One step forward</source>
        <translation>1ステップ進む</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>最後のステップ</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>by cell</source>
        <translation>マスごと</translation>
    </message>
    <message>
        <source>by term</source>
        <translation>項ごと</translation>
    </message>
    <message>
        <source>What one step is</source>
        <translation>1ステップの単位</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速さ</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
</context>
<context>
    <name>SummaryTable</name>
    <message>
        <source>Summary of the network</source>
        <translation>ネットワークの一覧</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>層</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>出力</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメータ</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合計</translation>
    </message>
</context>
<context>
    <name>TermPage</name>
    <message>
        <source>Also: {names}</source>
        <translation>別名: {names}</translation>
    </message>
    <message>
        <source>See also</source>
        <translation>関連する用語</translation>
    </message>
</context>
<context>
    <name>UnsavedMenu</name>
    <message>
        <source>None</source>
        <translation>ありません</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>無題</translation>
    </message>
</context>
<context>
    <name>ViewTabs</name>
    <message>
        <source>Views</source>
        <translation>見方</translation>
    </message>
</context>
<context>
    <name>WorksheetDialog</name>
    <message>
        <source>Worksheet</source>
        <translation>プリント</translation>
    </message>
    <message>
        <source>New numbers</source>
        <translation>別の数にする</translation>
    </message>
    <message>
        <source>The board that is open</source>
        <translation>開いているボード</translation>
    </message>
    <message>
        <source>The whole output</source>
        <translation>出力全体</translation>
    </message>
    <message>
        <source>The selected cells: {port}, {count}</source>
        <translation>選んだマス: {port} {count}個</translation>
    </message>
    <message>
        <source>A mix of everything</source>
        <translation>いろいろな問題</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>レター</translation>
    </message>
    <message>
        <source>An exam</source>
        <translation>模擬試験</translation>
    </message>
    <message>
        <source>Exercises to print, from easy to hard, with their answers on pages of their own. The same numbers make the same worksheet again.</source>
        <translation>印刷できる問題を、やさしい順に並べます。解答は別のページに付きます。同じ番号なら、いつでも同じプリントになります。</translation>
    </message>
    <message>
        <source>&amp;Practise</source>
        <translation>項目(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Blank</source>
        <translation>空欄(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Exercises</source>
        <translation>問題数(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Numbers</source>
        <translation>番号(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>言語(&amp;L)</translation>
    </message>
    <message>
        <source>Pape&amp;r</source>
        <translation>用紙(&amp;R)</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>番号</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>PDF に保存…</translation>
    </message>
    <message>
        <source>&amp;Copy as code</source>
        <translation>コードをコピー(&amp;C)</translation>
    </message>
    <message>
        <source>The board as an exercise, to print or to hand out as a code. Select cells on the board first, to have only these blank.</source>
        <translation>ボードをそのまま問題にして、印刷したりコードで配ったりできます。先にボードでマスを選ぶと、そのマスだけが空欄になります。</translation>
    </message>
    <message>
        <source>The code is on the clipboard. Whoever pastes it at Practice ▸ Exercise by code… gets this exercise.</source>
        <translation>コードをコピーしました。「練習」→「問題コードで開く…」に貼り付けると、この問題が開きます。</translation>
    </message>
    <message>
        <source>Preview, pages: {count}</source>
        <translation>プレビュー（{count}ページ）</translation>
    </message>
    <message>
        <source>PDF files ({pattern})</source>
        <translation>PDF ファイル ({pattern})</translation>
    </message>
    <message>
        <source>worksheet</source>
        <translation>プリント</translation>
    </message>
    <message>
        <source>Making up exercises…</source>
        <translation>問題を作っています…</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>Keyboard and mouse</source>
        <translation>キーボードとマウス</translation>
    </message>
    <message>
        <source>About CNN Tutor</source>
        <translation>CNN Tutor について</translation>
    </message>
    <message>
        <source>The log is in {folder}</source>
        <translation>ログは {folder} にあります</translation>
    </message>
    <message>
        <source>There is no log, as {folder} can&apos;t be made</source>
        <translation>{folder} を作れないため、ログはありません</translation>
    </message>
</context>
<context>
    <name>menu</name>
    <message>
        <source>&amp;Lesson</source>
        <translation>レッスン(&amp;L)</translation>
    </message>
    <message>
        <source>P&amp;ractice</source>
        <translation>練習(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>新規(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>開く(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近使ったファイル(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Unsaved work</source>
        <translation>未保存の作業(&amp;U)</translation>
    </message>
    <message>
        <source>Open &amp;lesson…</source>
        <translation>レッスンを開く(&amp;L)…</translation>
    </message>
    <message>
        <source>Open lesson &amp;folder…</source>
        <translation>レッスンのフォルダを開く(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>名前を付けて保存(&amp;A)…</translation>
    </message>
    <message>
        <source>Save board as lesson s&amp;tep…</source>
        <translation>ボードをレッスンのステップとして保存(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>切り取り(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>貼り付け(&amp;P)</translation>
    </message>
    <message>
        <source>Set to &amp;0</source>
        <translation>0 にする(&amp;0)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>システムに合わせる(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>ライト(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>ダーク(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;High contrast (black)</source>
        <translation>ハイコントラスト（黒）(&amp;H)</translation>
    </message>
    <message>
        <source>High contrast (&amp;white)</source>
        <translation>ハイコントラスト（白）(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>テーマ(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>言語(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Motion while playing</source>
        <translation>再生中の動き(&amp;M)</translation>
    </message>
    <message>
        <source>Next &amp;part of the window</source>
        <translation>次の領域へ(&amp;P)</translation>
    </message>
    <message>
        <source>Previous p&amp;art of the window</source>
        <translation>前の領域へ(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>再生(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>再生・一時停止(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;First</source>
        <translation>最初(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>戻る(&amp;B)</translation>
    </message>
    <message>
        <source>F&amp;orward</source>
        <translation>進む(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Last</source>
        <translation>最後(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Presets</source>
        <translation>プリセット(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard and mouse</source>
        <translation>キーボードとマウス(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Glossary</source>
        <translation>用語集(&amp;G)</translation>
    </message>
    <message>
        <source>Show &amp;log folder</source>
        <translation>ログのフォルダを開く(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;About CNN Tutor</source>
        <translation>CNN Tutor について(&amp;A)</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>ライト・ダークの切り替え</translation>
    </message>
    <message>
        <source>&amp;Undo: {what}</source>
        <translation>元に戻す(&amp;U): {what}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo: {what}</source>
        <translation>やり直す(&amp;R): {what}</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>やり直す(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Next step</source>
        <translation>次のステップ(&amp;N)</translation>
    </message>
    <message>
        <source>Strong &amp;colours by value</source>
        <translation>値による色分けを濃くする(&amp;C)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>拡大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>縮小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Zoom to 100 %</source>
        <translation>100 % に戻す(&amp;Z)</translation>
    </message>
    <message>
        <source>C&amp;hapters</source>
        <translation>章の一覧(&amp;H)</translation>
    </message>
    <message>
        <source>Pa&amp;nel beside the board</source>
        <translation>ボードの横のパネル(&amp;N)</translation>
    </message>
    <message>
        <source>Pr&amp;esentation</source>
        <translation>プレゼンテーション(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Back one step</source>
        <translation>1ステップ戻る(&amp;B)</translation>
    </message>
    <message>
        <source>Back to the &amp;lesson</source>
        <translation>このステップを最初からやり直す(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Show me how</source>
        <translation>解き方を見る(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Free lab on this topic</source>
        <translation>このテーマを自由に試す(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Close this lesson</source>
        <translation>このレッスンを閉じる(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Practise now</source>
        <translation>今すぐ練習する(&amp;P)</translation>
    </message>
    <message>
        <source>Go on with your &amp;round</source>
        <translation>途中の練習を続ける(&amp;R)</translation>
    </message>
    <message>
        <source>Practise a &amp;skill</source>
        <translation>項目を選んで練習する(&amp;S)</translation>
    </message>
    <message>
        <source>Quizzes of the &amp;decks</source>
        <translation>講義資料のクイズ(&amp;D)</translation>
    </message>
    <message>
        <source>Exercise by &amp;code…</source>
        <translation>問題コードで開く(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Exam</source>
        <translation>模擬試験(&amp;E)</translation>
    </message>
    <message>
        <source>Chec&amp;k the answer</source>
        <translation>答え合わせ(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Hint</source>
        <translation>ヒント(&amp;H)</translation>
    </message>
    <message>
        <source>Show the so&amp;lution</source>
        <translation>解き方を見る(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Try again with other numbers</source>
        <translation>別の数でもう一度(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Next exercise</source>
        <translation>次の問題(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Results</source>
        <translation>成績(&amp;R)</translation>
    </message>
    <message>
        <source>Results as CS&amp;V…</source>
        <translation>成績を CSV に書き出す(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;Worksheet…</source>
        <translation>プリントを作る(&amp;W)…</translation>
    </message>
    <message>
        <source>Exercise from &amp;board…</source>
        <translation>ボードから問題を作る(&amp;B)…</translation>
    </message>
    <message>
        <source>Exercise by code</source>
        <translation>問題コードで開く</translation>
    </message>
    <message>
        <source>Export &amp;figure…</source>
        <translation>図を書き出す(&amp;F)…</translation>
    </message>
    <message>
        <source>Copy board as pict&amp;ure</source>
        <translation>ボードを画像としてコピー(&amp;U)</translation>
    </message>
    <message>
        <source>Copy &amp;formula as LaTeX</source>
        <translation>式を LaTeX でコピー(&amp;F)</translation>
    </message>
    <message>
        <source>Copy &amp;size formula as LaTeX</source>
        <translation>大きさの式を LaTeX でコピー(&amp;S)</translation>
    </message>
</context>
</TS>
