from django.urls import path

from guiju.editions.views import cases, clauses, drafts, files, mine, posts

app_name = "editions"
urlpatterns = [
    path("editions/", drafts.listing, name="list"),
    path("editions/new/", drafts.begin, name="begin"),
    path("editions/import/", files.bring, name="import"),
    path("editions/<uuid:pk>/", drafts.edition, name="edition"),
    path("editions/<uuid:pk>/<slug:form>/", files.edition_file, name="edition_file"),
    path("editions/drafts/<uuid:pk>/", drafts.draft, name="draft"),
    path("editions/drafts/<uuid:pk>/file/<slug:form>/", files.draft_file, name="draft_file"),
    path("editions/drafts/<uuid:pk>/propose/", drafts.propose, name="propose"),
    path("editions/drafts/<uuid:pk>/take-back/", drafts.take_back, name="take_back"),
    path("editions/drafts/<uuid:pk>/decide/", drafts.decide, name="decide"),
    path("editions/drafts/<uuid:pk>/drop/", drafts.drop, name="drop"),
    path("editions/drafts/<uuid:pk>/newer/", drafts.newer, name="newer"),
    path("editions/drafts/<uuid:pk>/add/", clauses.add, name="add_clause"),
    path("editions/drafts/<uuid:pk>/clauses/<str:clause>/", clauses.clause, name="clause"),
    path("editions/drafts/<uuid:pk>/clauses/<str:clause>/text/", clauses.text, name="clause_text"),
    path("editions/drafts/<uuid:pk>/clauses/<str:clause>/restore/", clauses.restore, name="restore_clause"),
    path("editions/drafts/<uuid:pk>/clauses/<str:clause>/remove/", clauses.remove, name="remove_clause"),
    path("editions/drafts/<uuid:pk>/clauses/<str:clause>/cases/<int:number>/", cases.case, name="case"),
    path("editions/drafts/<uuid:pk>/clauses/<str:clause>/cases/<int:number>/expect/", cases.expect, name="expect"),
    path("editions/drafts/<uuid:pk>/clauses/<str:clause>/cases/<int:number>/copy/", cases.copy, name="copy_case"),
    path("editions/drafts/<uuid:pk>/clauses/<str:clause>/cases/<int:number>/remove/", cases.remove, name="remove_case"),
    path("my-standard/", mine.mine, name="reading"),
    path("my-standard/readers/", mine.readers, name="readers"),
    path("posts/", posts.listing, name="posts"),
    path("posts/<slug:post>/", posts.post, name="post"),
]
